import type { TepalError } from "../base/index.js";
import { TrainError } from "./errors.js";

/** A table read through JavaScript strings: beyond this, one string cannot hold the file. */
const csvBytesMax = 256 * 1024 * 1024;
/** libsvm looks at every column for every pair of rows: more than this is a mistake in the separator, not a table. */
const columnsMax = 10_000;

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  /** Counted from 1 as an editor does, the header being on line 1; a quoted cell may hold line ends. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads comma-separated values as RFC 4180 has them: a header, cells that may be in double quotes (`""` for one inside), lines
 * ended by LF or CRLF, the last one perhaps not ended, a byte order mark perhaps in front. Empty lines are passed over.
 * @throws TrainError "csv-..." with the line, and the column where there is one.
 */
export function readCsv(file: Uint8Array | string): CsvTable {
  const text = typeof file === "string" ? file : decode(file);
  const [header, ...rows] = splitRows(text.startsWith("\uFEFF") ? text.slice(1) : text);
  if (!header) throw new TrainError("csv-empty", "The table is empty: it has no header");
  checkHeader(header.cells);
  for (const { line, cells } of rows) {
    if (cells.length === header.cells.length) continue;
    const [expected, found] = [header.cells.length, cells.length];
    throw new TrainError("csv-row-length", `Line ${line} has ${found} cells, the header has ${expected}`, {
      place: { row: line },
    });
  }
  return { header: header.cells, rows };
}

function decode(file: Uint8Array): string {
  if (file.length > csvBytesMax) {
    throw new TrainError("csv-too-large", `The table has ${file.length} bytes, at most ${csvBytesMax} are read`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    throw new TrainError("csv-not-text", "The table is not UTF-8 text");
  }
}

function checkHeader(names: readonly string[]): void {
  if (names.length > columnsMax) {
    throw new TrainError("csv-header", `The header has ${names.length} columns, at most ${columnsMax} are read`);
  }
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const place = { row: 1, column: index + 1 };
    if (name === "") throw new TrainError("csv-header", `Column ${index + 1} has no name in the header`, { place });
    if (seen.has(name)) throw new TrainError("csv-header", `Two columns are named ${JSON.stringify(name)}`, { place });
    seen.add(name);
  }
}

/** A cell: quoted, or up to the next separator; then what ends it. `y`: each match begins where the last one ended. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function splitRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let lineOfRow = 1;
  cellPattern.lastIndex = 0;
  while (cellPattern.lastIndex < text.length || cells.length > 0) {
    const match = cellPattern.exec(text);
    if (!match) throw badCell(line, cells.length + 1);
    const [, quoted, plain, end] = match;
    cells.push(quoted === undefined ? plain!.trim() : quoted.replaceAll('""', '"'));
    if (quoted) line += quoted.split("\n").length - 1;
    if (end === ",") continue;
    if (cells.length > 1 || cells[0] !== "" || quoted !== undefined) rows.push({ line: lineOfRow, cells });
    cells = [];
    lineOfRow = ++line;
    if (end === "") break;
  }
  return rows;
}

function badCell(line: number, column: number): TepalError {
  const message = `Line ${line}, column ${column}: a quote is not closed, or stands inside a cell that has none around it`;
  return new TrainError("csv-quote", message, { place: { row: line, column } });
}
