import { newline, quote } from "./bytes.js";

/**
 * The end of the last whole record in `bytes`, which begin at a record's start; 0 if no record ends in them. A line
 * break inside of double quotes ends no record. As in pandas, a double quote opens only at the start of a cell.
 */
export function lastRecordEnd(bytes: Buffer, delimiter: number): number {
  let end = 0;
  for (let at = 0; ; ) {
    const next = bytes.indexOf(quote, at);
    const plainEnd = next < 0 ? bytes.length : next;
    const line = plainEnd > at ? bytes.lastIndexOf(newline, plainEnd - 1) : -1;
    if (line >= at) end = line + 1;
    if (next < 0) return end;
    const before = bytes[next - 1];
    const opens = next === 0 || before === delimiter || before === newline;
    // A quote that follows a closed quoted cell directly, or is inside an unquoted one, is a character.
    const after = opens ? closingQuote(bytes, next + 1) : next;
    if (after < 0) return end;
    at = after + 1;
  }
}

/** The index of the double quote that closes a cell whose content begins at `start`; -1 if none does. */
export function closingQuote(bytes: Buffer, start: number): number {
  for (let at = start; ; ) {
    const next = bytes.indexOf(quote, at);
    if (next < 0 || bytes[next + 1] !== quote) return next;
    at = next + 2;
  }
}
