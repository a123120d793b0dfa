// Tables of strings for people: as wide as their cells in a file or a pipe, as wide as the terminal on a terminal.

import { displayWidth, padded, truncated } from "./display-text.js";

interface TableOptions {
  /** Columns of the terminal; undefined: every cell is shown whole. */
  readonly columns?: number | undefined;
}

const gap = "  ";
/** Narrower cells say nothing. A table with more columns than fit is wider than the terminal. */
const cellColumnsMin = 6;

/** A table with a header; each column is as wide as its widest cell, or narrower where the terminal requires it. */
export function tableText(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { columns }: TableOptions = {},
): string {
  const widths = header.map((_, i) => Math.max(...[header, ...rows].map((row) => displayWidth(row[i] ?? ""))));
  const shown = columns === undefined ? widths : fittedWidths(widths, columns - gap.length * (widths.length - 1));
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, i) => padded(truncated(cell, shown[i] ?? 0), shown[i] ?? 0))
        .join(gap)
        .trimEnd(),
    )
    .join("\n");
}

/** Lines of a name and its value, with the values below each other. */
export function pairsText(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => displayWidth(name)));
  return pairs.map(([name, value]) => `${padded(name, width)}${gap}${value}`).join("\n");
}

/** Takes columns from the widest cells first, so that short cells such as names and versions stay whole. */
function fittedWidths(widths: readonly number[], columns: number): number[] {
  const shown = [...widths];
  for (let excess = sum(shown) - columns; excess > 0; excess--) {
    const widest = shown.indexOf(Math.max(...shown));
    if (shown[widest]! <= cellColumnsMin) break;
    shown[widest]!--;
  }
  return shown;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
