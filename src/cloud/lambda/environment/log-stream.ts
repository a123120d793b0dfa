// Writes an environment's log to CloudWatch Logs: the platform's lines and the function's output, one event for each
// line.

import type { AccountRegion, LogSink } from "../../service-interfaces.js";

interface LogTarget extends AccountRegion {
  readonly group: string;
  readonly stream: string;
}

/** AWS returns at most the last 4 KB of an invocation's log. */
const tailBytesMax = 4096;
/** The largest event of CloudWatch Logs. Longer lines are split, as Lambda does. */
const lineBytesMax = 256 * 1024;

export class LogStream {
  readonly #target: LogTarget;
  readonly #sink: LogSink;
  readonly #nowMs: () => number;
  #events: { timestampMs: number; message: string }[] = [];
  #flushing: NodeJS.Immediate | undefined;
  #tail: string[] = [];
  #tailBytes = 0;

  constructor(target: LogTarget, sink: LogSink, nowMs: () => number) {
    this.#target = target;
    this.#sink = sink;
    this.#nowMs = nowMs;
  }

  /** Writes a line, passed without its line end. */
  write(line: string): void {
    for (let at = 0; at === 0 || at < line.length; at += lineBytesMax) {
      const message = `${line.slice(at, at + lineBytesMax)}\n`;
      this.#events.push({ timestampMs: this.#nowMs(), message });
      this.#tail.push(message);
      this.#tailBytes += message.length;
    }
    while (this.#tailBytes - (this.#tail[0]?.length ?? 0) >= tailBytesMax)
      this.#tailBytes -= this.#tail.shift()!.length;
    // Lines of the same turn of the event loop are appended together.
    this.#flushing ??= setImmediate(() => this.flush());
  }

  /** Starts the log of an invocation. */
  clearTail(): void {
    this.#tail = [];
    this.#tailBytes = 0;
  }

  /** The last 4 KB since `clearTail`. */
  tail(): string {
    const bytes = Buffer.from(this.#tail.join(""));
    return bytes.subarray(Math.max(0, bytes.length - tailBytesMax)).toString("utf8");
  }

  flush(): void {
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#sink.append(this.#target, events);
  }
}

/** Splits the output of a process into lines; the last line need not have an end. */
export class Lines {
  #rest = "";
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop()!;
    for (const line of lines) this.#onLine(line);
    if (this.#rest.length > lineBytesMax) this.end();
  }

  end(): void {
    if (this.#rest !== "") this.#onLine(this.#rest);
    this.#rest = "";
  }
}
