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

/** A table with a header; each column is as wide as its widest cell. */
export function tableText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
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
