// Standard output carries the result for scripts; standard error carries notes for people.

import { escapeControls, truncated } from "./display-text.js";

interface TerminalOptions {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The result is one JSON document. */
  readonly json: boolean;
  readonly color: boolean;
  /** Whether a user can answer questions. */
  readonly interactive: boolean;
  /** Columns of the terminal behind standard output; undefined: it is a file or a pipe. */
  readonly outColumns?: () => number | undefined;
  /** The same for standard error. */
  readonly errColumns?: () => number | undefined;
  /** Whether a line on standard error can be replaced: not in the log of a CI system or on a dumb terminal. */
  readonly animated?: boolean;
}

type Color = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** SGR codes: [on, off]. */
const colors: Readonly<Record<Color, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

const sgr = (code: number) => `\u001b[${code}m`;
/** What `paint` writes: the only control sequences that reach a terminal, but for those of the status line. */
const ownSequences: ReadonlySet<string> = new Set(Object.values(colors).flat().map(sgr));
/** Returns to the start of the line and erases it. */
const eraseLine = "\r\u001b[K";

const notATerminal = () => undefined;

export class Terminal {
  readonly json: boolean;
  readonly interactive: boolean;
  /** Columns of the terminal behind standard output; undefined: it is a file or a pipe, which gets whole lines. */
  readonly outColumns: () => number | undefined;
  readonly #errColumns: () => number | undefined;
  readonly #out: (text: string) => void;
  readonly #err: (text: string) => void;
  readonly #color: boolean;
  readonly #animated: boolean;
  #status = "";
  #hasResult = false;

  constructor(options: TerminalOptions) {
    const { out, err, json, color, interactive } = options;
    const { outColumns = notATerminal, errColumns = notATerminal, animated = false } = options;
    this.#out = out;
    this.#err = err;
    this.json = json;
    this.#color = color;
    this.interactive = interactive;
    this.outColumns = outColumns;
    this.#errColumns = errColumns;
    this.#animated = animated && !json;
  }

  /** Whether the result has been printed. */
  get hasResult(): boolean {
    return this.#hasResult;
  }

  /** Columns of the status line; undefined: it is not shown. */
  get statusColumns(): number | undefined {
    const columns = this.#animated ? this.#errColumns() : undefined;
    // Some terminals begin a new line after the last column.
    return columns === undefined ? undefined : columns - 1;
  }

  /** Prints a line for people on standard error. */
  note(line = ""): void {
    this.#withoutStatus(() => this.#err(this.#safe(`${line}\n`, this.#errColumns)));
  }

  /** Prints the result on standard output, once: `document` under --json, otherwise `text`. */
  result(document: unknown, text: string): void {
    this.resultText(this.json ? JSON.stringify(document, bigintAsNumber, 2) : text);
  }

  /**
   * Prints a result that is the same for people and programs. Predictions are JSON already and keep their exact
   * numbers.
   */
  resultText(text: string): void {
    if (this.#hasResult) throw new Error("A command has one result.");
    this.#hasResult = true;
    this.#print(text.endsWith("\n") || text === "" ? text : `${text}\n`);
  }

  /** Prints one more line of a result without an end, such as a followed log. */
  line(text: string): void {
    this.#print(`${text}\n`);
  }

  /**
   * Shows a line below everything that is printed, in place of the one before; "" removes it. Only on a terminal that
   * can replace a line, and not under --json.
   */
  status(line: string): void {
    const columns = this.statusColumns;
    if (columns === undefined || line === this.#status) return;
    this.#status = truncated(escapeControls(line), columns);
    this.#err(`${eraseLine}${this.#status}`);
  }

  paint(color: Color, text: string): string {
    const [on, off] = colors[color];
    return this.#color ? `${sgr(on)}${text}${sgr(off)}` : text;
  }

  #print(text: string): void {
    this.#withoutStatus(() => this.#out(this.#safe(text, this.outColumns)));
  }

  #withoutStatus(print: () => void): void {
    const status = this.#status;
    if (status !== "") this.#err(eraseLine);
    print();
    if (status !== "") this.#err(status);
  }

  /** Strings of files, functions and servers must not control the terminal; a file or a pipe gets them unchanged. */
  #safe(text: string, columns: () => number | undefined): string {
    return columns() === undefined ? text : escapeControls(text, this.#color ? ownSequences : undefined);
  }
}

/** JSON.stringify does not support bigint: writes safe integers as numbers and larger ones as strings. */
function bigintAsNumber(_name: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
