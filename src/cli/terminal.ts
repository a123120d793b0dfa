// Two streams with two jobs: the result, which a script wants, and notes for people about how it comes about.

export interface TerminalOptions {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The result is one JSON document. */
  readonly json: boolean;
  readonly colour: boolean;
  /** Somebody is there to answer questions. */
  readonly interactive: boolean;
}

export type Colour = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

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
  #answered = false;

  constructor({ out, err, json, colour, interactive }: TerminalOptions) {
    this.#out = out;
    this.#err = err;
    this.json = json;
    this.#colour = colour;
    this.interactive = interactive;
  }

  /** Whether the result has been printed. */
  get answered(): boolean {
    return this.#answered;
  }

  /** A line for people, on standard error. */
  note(line = ""): void {
    this.#err(`${line}\n`);
  }

  /** What the command was asked for, on standard output: once, as `document` under --json and as `text` otherwise. */
  result(document: unknown, text: string): void {
    this.resultText(this.json ? JSON.stringify(document, bigintAsNumber, 2) : text);
  }

  /** A result that is the same for people and programs: a model's answer is JSON text already, and keeps its exact numbers. */
  resultText(text: string): void {
    if (this.#answered) throw new Error("A command has one result.");
    this.#answered = true;
    this.#out(text.endsWith("\n") || text === "" ? text : `${text}\n`);
  }

  /** A further line of a result that has no end, such as a followed log. */
  line(text: string): void {
    this.#out(`${text}\n`);
  }

  paint(colour: Colour, text: string): string {
    const [on, off] = colours[colour];
    return this.#colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }
}

/** JSON has integers of any size, JSON.stringify has none: those that a double holds go as numbers, others as text. */
function bigintAsNumber(_name: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}
