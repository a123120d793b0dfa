// How far a piece of work is, with its rate and the time left: one line on standard error, on a terminal only.

import type { CommandContext } from "./command-context.js";
import { displayWidth } from "./display-text.js";
import { bytesText, countText, secondsText } from "./show.js";

interface ProgressOptions {
  /** What is done, in a word or two: "push". */
  readonly label: string;
  /** "bytes", or what is counted, in the plural: "rows". */
  readonly unit: string;
  /** undefined: not known (yet). */
  readonly total?: number;
  /** The parts take different times: a rate and a time left would say nothing. */
  readonly isUneven?: boolean;
  /** A few words more, such as the name of a file. */
  readonly detail?: string;
  /** What was done before this command, by one that was interrupted. */
  readonly done?: number;
}

/** A piece of work in progress. Every method is cheap: it can be called for each row. */
interface Progress {
  /** `amount` more is done. */
  advance(amount: number): void;
  /** Sets what is done in all, the total, or a few words of detail, such as the name of the current file. */
  update(state: { readonly done?: number; readonly total?: number; readonly detail?: string }): void;
  /** Removes the line. Can be called again. */
  end(): void;
}

/** Work that ends within this time shows nothing. */
const shownAfterMs = 500;
/** Ten lines a second look continuous. */
const drawEveryMs = 100;
/** The rate is that of the last seconds, so that it follows a network that becomes slower. */
const rateWindowMs = 5_000;
/** Before this much of a rate has been seen, a time left would only be a guess. */
const rateAfterMs = 1_000;
const barColumnsMax = 24;
/** A shorter bar says nothing; its columns are better used by the numbers. */
const barColumnsMin = 8;

type ProgressContext = Pick<CommandContext, "terminal" | "clock">;

/** Work within work is shown alone: the newest one that has not ended. */
const running = new WeakMap<object, ShownProgress[]>();

/** Starts to show the progress of work. `end` must be called when the work ends, also when it fails. */
export function startProgress({ terminal, clock }: ProgressContext, options: ProgressOptions): Progress {
  if (terminal.statusColumns === undefined) return { advance: () => {}, update: () => {}, end: () => {} };
  return new ShownProgress({ terminal, clock }, options);
}

/**
 * A callback for work that starts later, or in several parts: shown from a call until `done` reaches `total`, or until
 * `endProgress`.
 */
export function progressCallback(
  context: ProgressContext,
  options: ProgressOptions,
): (state: { readonly done: number; readonly total: number }) => void {
  let progress: Progress | undefined;
  return (state) => {
    progress ??= startProgress(context, options);
    progress.update(state);
    if (state.done < state.total) return;
    progress.end();
    progress = undefined;
  };
}

/** Shows that a layer of an image is compressed. */
export function compressProgress(context: ProgressContext, detail: string) {
  return progressCallback(context, { label: "compress", unit: "bytes", detail });
}

/** Ends what is still shown, for a command that failed in the middle of its work. */
export function endProgress({ terminal }: Pick<ProgressContext, "terminal">): void {
  for (const progress of running.get(terminal) ?? []) progress.end();
}

/** Shows the progress of `work` until it ends. */
export async function withProgress<T>(
  context: ProgressContext,
  options: ProgressOptions,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = startProgress(context, options);
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}

class ShownProgress implements Progress {
  readonly #context: ProgressContext;
  readonly #label: string;
  readonly #unit: string;
  readonly #startedMs: number;
  readonly #timer: NodeJS.Timeout;
  readonly #samples: { readonly atMs: number; readonly done: number }[];
  #done: number;
  #total: number | undefined;
  readonly #isUneven: boolean;
  #detail: string;
  #drawnMs: number;

  constructor(
    context: ProgressContext,
    { label, unit, total, done = 0, detail = "", isUneven = false }: ProgressOptions,
  ) {
    this.#context = context;
    this.#label = label;
    this.#unit = unit;
    this.#total = total;
    this.#done = done;
    this.#detail = detail;
    this.#isUneven = isUneven;
    this.#startedMs = context.clock.elapsedMs();
    this.#drawnMs = this.#startedMs + shownAfterMs - drawEveryMs;
    this.#samples = [{ atMs: this.#startedMs, done }];
    this.#timer = setInterval(() => this.#drawWhenDue(), drawEveryMs).unref();
    running.set(context.terminal, [...this.#others(), this]);
  }

  advance(amount: number): void {
    this.#done += amount;
    // Work that never waits for anything leaves no turn to the timer.
    this.#drawWhenDue();
  }

  update({ done = this.#done, total = this.#total, detail = this.#detail }: Parameters<Progress["update"]>[0]): void {
    this.#done = done;
    this.#total = total;
    this.#detail = detail;
    this.#drawWhenDue();
  }

  end(): void {
    clearInterval(this.#timer);
    const others = this.#others();
    running.set(this.#context.terminal, others);
    if (others.length === 0) this.#context.terminal.status("");
  }

  #others(): ShownProgress[] {
    return (running.get(this.#context.terminal) ?? []).filter((other) => other !== this);
  }

  #drawWhenDue(): void {
    const { terminal, clock } = this.#context;
    const nowMs = clock.elapsedMs();
    if (nowMs - this.#drawnMs < drawEveryMs || running.get(terminal)?.at(-1) !== this) return;
    this.#drawnMs = nowMs;
    this.#samples.push({ atMs: nowMs, done: this.#done });
    while (this.#samples.length > 2 && nowMs - this.#samples[1]!.atMs >= rateWindowMs) this.#samples.shift();
    terminal.status(
      progressLine(
        {
          label: this.#label,
          unit: this.#unit,
          detail: this.#detail,
          done: this.#done,
          total: this.#total,
          elapsedMs: nowMs - this.#startedMs,
          perSecond: this.#rate(nowMs),
        },
        terminal.statusColumns ?? 0,
      ),
    );
  }

  #rate(nowMs: number): number | undefined {
    const { atMs, done } = this.#samples[0]!;
    return this.#isUneven || nowMs - atMs < rateAfterMs
      ? undefined
      : Math.max(0, ((this.#done - done) / (nowMs - atMs)) * 1000);
  }
}

interface ProgressState {
  readonly label: string;
  readonly unit: string;
  readonly detail: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly elapsedMs: number;
  readonly perSecond: number | undefined;
}

/** "push  [=======>      ]  52%  138 MB of 266 MB  24 MB/s  5 s left": as much of it as fits into the columns. */
export function progressLine(state: ProgressState, columns: number): string {
  const { label, unit, detail, done, total, elapsedMs, perSecond } = state;
  const amount = unit === "bytes" ? bytesText : (count: number) => countText(Math.floor(count));
  const counted = unit === "bytes" ? "" : ` ${unit}`;
  const fraction = total === undefined || total <= 0 ? undefined : Math.min(1, done / total);
  const rate = perSecond && done > 0 ? `${amount(perSecond)}${counted}/s` : undefined;
  const leftSeconds = perSecond && total !== undefined && total > done ? (total - done) / perSecond : undefined;
  const seconds = leftSeconds === undefined ? secondsText(elapsedMs / 1000) : `${secondsText(leftSeconds)} left`;
  const percent = fraction === undefined ? undefined : `${Math.floor(fraction * 100)}%`.padStart(4);
  const numbers =
    total === undefined
      ? done > 0
        ? `${amount(done)}${counted}`
        : undefined
      : `${amount(done)} of ${amount(total)}${counted}`;
  // Without a total, a rate or the numbers, what is left still says that the work goes on.
  const variants = [
    [label, percent, numbers, rate, seconds, detail],
    [label, percent, numbers, rate, seconds],
    [label, percent, rate, seconds],
    [label, percent ?? numbers, seconds],
    [label, percent ?? seconds],
  ].map((parts) => parts.filter((part) => part !== undefined && part !== "").join("  "));
  const line = variants.find((text) => displayWidth(text) <= columns) ?? variants.at(-1)!;
  const barColumns = Math.min(barColumnsMax, columns - displayWidth(line) - 4);
  if (fraction === undefined || barColumns < barColumnsMin) return line;
  return line.replace(label, () => `${label}  ${barText(fraction, barColumns)}`);
}

function barText(fraction: number, columns: number): string {
  const filled = Math.floor(fraction * columns);
  const bar = "=".repeat(filled) + (filled < columns ? ">" : "");
  return `[${bar.padEnd(columns)}]`;
}
