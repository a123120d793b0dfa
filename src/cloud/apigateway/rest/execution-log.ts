// The execution log of one request, with API Gateway's lines.

import type { MultiValues } from "../../lambda-events/index.js";

/** API Gateway truncates log events to 1,024 bytes. */
const lineCharactersMax = 1024;
const truncated = " [TRUNCATED]";

interface LogLine {
  readonly timestampMs: number;
  readonly text: string;
}

export class ExecutionLog {
  readonly lines: LogLine[] = [];
  readonly #nowMs: () => number;
  /** Whether headers and bodies are logged too: a stage's `logging/dataTrace`. */
  readonly tracesData: boolean;

  constructor(nowMs: () => number, tracesData: boolean) {
    this.#nowMs = nowMs;
    this.tracesData = tracesData;
  }

  line(text: string): void {
    this.lines.push({ timestampMs: this.#nowMs(), text: cut(text) });
  }

  /** A line with data of the caller or the function. */
  data(text: string): void {
    if (this.tracesData) this.line(text);
  }
}

function cut(text: string): string {
  return text.length > lineCharactersMax ? text.slice(0, lineCharactersMax - truncated.length) + truncated : text;
}

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number: number): string => String(number).padStart(2, "0");

/** `Tue Aug 19 10:21:30 UTC 2025`: Java's Date.toString. */
export function logDate(ms: number): string {
  const date = new Date(ms);
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  const day = `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  return `${day} ${clock} UTC ${date.getUTCFullYear()}`;
}

/** `{name=value, name=value}`: a Java map of values, or of lists of values. */
export function javaMapText(values: Readonly<Record<string, string>> | MultiValues): string {
  const entries = isMulti(values)
    ? [...values].map(([name, all]) => [name, all.length === 1 ? all[0] : `[${all.join(", ")}]`] as const)
    : Object.entries(values);
  return `{${entries.map(([name, value]) => `${name}=${value}`).join(", ")}}`;
}

function isMulti(values: Readonly<Record<string, string>> | MultiValues): values is MultiValues {
  return values instanceof Map;
}
