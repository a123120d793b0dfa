import { type CsvRow, csvRows, type TepalError } from "../base/index.js";
import { TrainError } from "./errors.js";

/** The file is decoded to one JavaScript string, whose length is limited. */
const csvBytesMax = 256 * 1024 * 1024;
/** libsvm reads every column for every pair of rows; more columns indicate a wrong separator. */
const columnsMax = 10_000;

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Parses comma-separated values (RFC 4180) with a header.
 * @throws TrainError "csv-..." with line and column
 */
export function readCsv(file: Uint8Array | string): CsvTable {
  const text = typeof file === "string" ? file : decode(file);
  const [header, ...rows] = csvRows(text, badCell);
  if (!header) throw new TrainError("csv-empty", "The file is empty: it has no header");
  checkHeader(header.cells);
  for (const { line, cells } of rows) {
    if (cells.length === header.cells.length) continue;
    const [expected, found] = [header.cells.length, cells.length];
    throw new TrainError("csv-row-length", `Line ${line} has ${found} cells; the header has ${expected}`, {
      place: { row: line },
    });
  }
  return { header: header.cells, rows };
}

function decode(file: Uint8Array): string {
  if (file.length > csvBytesMax) {
    throw new TrainError("csv-too-large", `The file has ${file.length} bytes; the maximum is ${csvBytesMax}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    throw new TrainError("csv-not-text", "The file is not UTF-8 text");
  }
}

function checkHeader(names: readonly string[]): void {
  if (names.length > columnsMax) {
    throw new TrainError("csv-header", `The header has ${names.length} columns; the maximum is ${columnsMax}`);
  }
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const place = { row: 1, column: index + 1 };
    if (name === "") throw new TrainError("csv-header", `Column ${index + 1} has no name in the header`, { place });
    if (seen.has(name)) throw new TrainError("csv-header", `Duplicate column name ${JSON.stringify(name)}`, { place });
    seen.add(name);
  }
}

function badCell(line: number, column: number): TepalError {
  const message = `Line ${line}, column ${column}: a double quote is not closed, or is inside an unquoted cell`;
  return new TrainError("csv-quote", message, { place: { row: line, column } });
}
