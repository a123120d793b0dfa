import { spend, spendText } from "../worker/budget.js";
import { VtlError } from "./ast.js";

/** Making an error takes about as long as this many steps of the budget. */
const faultSteps = 100;

/** A position in a template or a JSONPath. Patterns must be sticky; what matches is consumed. */
export class Scanner {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    spend();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }

  /** Takes a quoted string. Without an end it is searched for to the end of the text, which costs. */
  takeQuoted(quote: string, pattern: RegExp): RegExpExecArray | undefined {
    if (this.text[this.at] !== quote) return undefined;
    const found = this.take(pattern);
    spendText(found ? found[0].length : this.text.length - this.at);
    return found;
  }

  skip(mark: string): boolean {
    spend();
    if (!this.text.startsWith(mark, this.at)) return false;
    this.at += mark.length;
    return true;
  }

  /** @throws VtlError when something else follows */
  expect(mark: string): void {
    if (!this.skip(mark)) throw this.fault(`expected "${mark}"`);
  }

  /** What `parse` returns; undefined, with nothing consumed, when it fails. */
  attempt<T>(parse: () => T): T | undefined {
    const start = this.at;
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof VtlError)) throw error;
      this.at = start;
      return undefined;
    }
  }

  fault(what: string): VtlError {
    // Where the parser tries alternatives, every failed attempt makes an error, whose stack and line number cost.
    spend(faultSteps);
    spendText(this.at);
    const line = this.text.slice(0, this.at).split("\n").length;
    return new VtlError(`Mapping template: ${what} in line ${line}, found "${this.text.slice(this.at, this.at + 20)}"`);
  }
}
