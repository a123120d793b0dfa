export interface CsvRow {
  /** Line number in an editor: the first line is 1. A quoted cell may contain line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A quoted or unquoted cell and its separator. Sticky: each match starts at the end of the previous one. */
const cellPattern = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/**
 * Splits comma-separated values (RFC 4180) into rows: cells that may be enclosed in double quotes (`""` for a double
 * quote), LF or CRLF line breaks, an optional last line break and an optional byte order mark. Empty lines are skipped;
 * blanks around unquoted cells are removed.
 * @param badCell the error for a double quote that is not closed, or is inside an unquoted cell
 */
export function csvRows(file: string, badCell: (line: number, column: number) => Error): CsvRow[] {
  const text = file.startsWith("\uFEFF") ? file.slice(1) : file;
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
