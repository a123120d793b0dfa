// Formats durations, tables and progress lines for people.

import type { Terminal } from "./terminal.js";

/** "4 ms", "1.84 s" */
export function durationText(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** "41 MB": in decimal units, as registries count. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  for (const [unit, size] of [
    ["KB", 1e3],
    ["MB", 1e6],
    ["GB", 1e9],
  ] as const) {
    if (bytes < size * 1000 || unit === "GB") {
      const value = bytes / size;
      return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
    }
  }
  return `${bytes} B`;
}

/** "1,234,567" */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "7 s", "3 min 20 s", "2 h 05 min" */
export function secondsText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours} h ${two(minutes)} min` : `${minutes} min ${two(whole % 60)} s`;
}

/** Prints one line for each step: duration, name and result. */
export class StepLines {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  step(name: string, what: string, elapsedMs?: number): void {
    const time = (elapsedMs === undefined ? "" : durationText(elapsedMs)).padStart(8);
    this.#terminal.note(`${this.#terminal.paint("dim", time)}  ${name.padEnd(14)}  ${what}`);
  }
}
