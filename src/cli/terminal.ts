// Standard output carries the result for scripts; standard error carries notes for people.

interface TerminalOptions {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The result is one JSON document. */
  readonly json: boolean;
  readonly colour: boolean;
  /** Whether a user can answer questions. */
  readonly interactive: boolean;
}

type Colour = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** SGR codes: [on, off]. */
const colours: Readonly<Record<Colour, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

export class Terminal {
  readonly json: boolean;
  readonly interactive: boolean;
  readonly #out: (text: string) => void;
  readonly #err: (text: string) => void;
  readonly #colour: boolean;
  #hasResult = false;

  constructor({ out, err, json, colour, interactive }: TerminalOptions) {
    this.#out = out;
    this.#err = err;
    this.json = json;
    this.#colour = colour;
    this.interactive = interactive;
  }

  /** Whether the result has been printed. */
  get hasResult(): boolean {
    return this.#hasResult;
  }

  /** Prints a line for people on standard error. */
  note(line = ""): void {
    this.#err(`${line}\n`);
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
    this.#out(text.endsWith("\n") || text === "" ? text : `${text}\n`);
  }

  /** Prints one more line of a result without an end, such as a followed log. */
  line(text: string): void {
    this.#out(`${text}\n`);
  }

  paint(colour: Colour, text: string): string {
    const [on, off] = colours[colour];
    return this.#colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }
}

/** JSON.stringify does not support bigint: writes safe integers as numbers and larger ones as strings. */
function bigintAsNumber(_name: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
