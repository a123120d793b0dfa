// Separates records and cells, without copying them. A CSV package gives cells as strings, which takes 4 to 20 times as
// long as this (papaparse, udsv, csv-parse on a million rows), and does not say where in the file a record is.

import { carriageReturn, newline, quote, space, tab } from "./bytes.js";
import { closingQuote } from "./record-end.js";

/** Cells and records of a typical block: the arrays grow when one has more. */
const cellsAtFirst = 1 << 16;
const recordsAtFirst = 1 << 12;

/** How a cell is enclosed. */
const plain = 0;
const quoted = 1;
/** With doubled double quotes, or with characters after the closing one. */
const escaped = 2;

/** The cells of CSV records, by the rules of pandas.read_csv. One object is used for one block after the other. */
export class CsvRecords {
  #bytes: Buffer = Buffer.alloc(0);
  #cellStarts = new Int32Array(cellsAtFirst);
  #cellEnds = new Int32Array(cellsAtFirst);
  #cellForms = new Uint8Array(cellsAtFirst);
  #firstCells = new Int32Array(recordsAtFirst);
  #starts = new Int32Array(recordsAtFirst);
  #ends = new Int32Array(recordsAtFirst);
  /** Lines in which nothing is are not records. */
  count = 0;
  #cells = 0;

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** The bytes of a record, without its line break. */
  start(record: number): number {
    return this.#starts[record]!;
  }

  end(record: number): number {
    return this.#ends[record]!;
  }

  /** Index of the record's first cell. */
  firstCell(record: number): number {
    return this.#firstCells[record]!;
  }

  width(record: number): number {
    return (record + 1 < this.count ? this.#firstCells[record + 1]! : this.#cells) - this.#firstCells[record]!;
  }

  /** The bytes of a cell's content, which is `cellText` if the cell is escaped. */
  cellStart(cell: number): number {
    return this.#cellStarts[cell]!;
  }

  cellEnd(cell: number): number {
    return this.#cellEnds[cell]!;
  }

  isEscaped(cell: number): boolean {
    return this.#cellForms[cell] === escaped;
  }

  cellText(cell: number): string {
    const text = this.#bytes.toString("utf8", this.#cellStarts[cell]!, this.#cellEnds[cell]!);
    return this.isEscaped(cell) ? unescaped(text) : text;
  }

  /** @param bytes whole records */
  read(bytes: Buffer, delimiter: number): this {
    this.#bytes = bytes;
    this.count = 0;
    this.#cells = 0;
    const { length } = bytes;
    for (let at = 0; at < length; ) {
      const blank = blankLineEnd(bytes, at, delimiter);
      if (blank > at) at = blank;
      else at = this.#readRecord(at, delimiter);
    }
    return this;
  }

  /** @returns where the next line starts */
  #readRecord(start: number, delimiter: number): number {
    const bytes = this.#bytes;
    const { length } = bytes;
    if (this.count === this.#starts.length) this.#growRecords();
    const record = this.count++;
    this.#starts[record] = start;
    this.#firstCells[record] = this.#cells;
    for (let at = start; ; at++) {
      if (this.#cells === this.#cellStarts.length) this.#growCells();
      let cellStart = at;
      let cellEnd = -1;
      let form = plain;
      if (bytes[at] === quote) {
        const closing = closingQuote(bytes, at + 1);
        const close = closing < 0 ? length : closing;
        cellStart = at + 1;
        cellEnd = close;
        at = Math.min(close + 1, length);
        const second = bytes.indexOf(quote, cellStart);
        form = second >= 0 && second < close ? escaped : quoted;
      }
      const tail = at;
      let byte = bytes[at];
      while (at < length && byte !== delimiter && byte !== newline) byte = bytes[++at];
      const lineEnd = at < length && byte === newline && bytes[at - 1] === carriageReturn && at > tail ? at - 1 : at;
      if (cellEnd < 0) cellEnd = lineEnd;
      else if (lineEnd > tail) {
        cellStart--;
        cellEnd = lineEnd;
        form = escaped;
      } else if (form === escaped) {
        cellStart--;
        cellEnd++;
      }
      this.#cellStarts[this.#cells] = cellStart;
      this.#cellEnds[this.#cells] = Math.min(cellEnd, length);
      this.#cellForms[this.#cells++] = form;
      if (at >= length || byte === newline) {
        this.#ends[record] = lineEnd;
        return at + 1;
      }
    }
  }

  #growCells(): void {
    this.#cellStarts = grown(this.#cellStarts);
    this.#cellEnds = grown(this.#cellEnds);
    const forms = new Uint8Array(2 * this.#cellForms.length);
    forms.set(this.#cellForms);
    this.#cellForms = forms;
  }

  #growRecords(): void {
    this.#firstCells = grown(this.#firstCells);
    this.#starts = grown(this.#starts);
    this.#ends = grown(this.#ends);
  }
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

/** The end of a line of blanks that starts at `at`; `at` if the line has something else. */
function blankLineEnd(bytes: Buffer, at: number, delimiter: number): number {
  for (let next = at; ; next++) {
    const byte = bytes[next];
    if (byte === newline) return next + 1;
    if (byte === undefined) return next;
    if ((byte !== space && byte !== tab && byte !== carriageReturn) || byte === delimiter) return at;
  }
}

/** The content of a cell that begins with a double quote. As in pandas, it includes what follows the closing one. */
function unescaped(text: string): string {
  const [, inside = "", rest = ""] = /^"((?:[^"]|"")*)"?(.*)$/s.exec(text) ?? [];
  return inside.replaceAll('""', '"') + rest;
}
