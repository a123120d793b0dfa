import { VtlError } from "./ast.js";

/** A place in a template. Patterns must be sticky; what matches is stepped over. */
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
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }

  skip(mark: string): boolean {
    if (!this.text.startsWith(mark, this.at)) return false;
    this.at += mark.length;
    return true;
  }

  /** @throws VtlError when something else stands here */
  expect(mark: string): void {
    if (!this.skip(mark)) throw this.fault(`expected "${mark}"`);
  }

  /** What `parse` gives, or undefined and back where it began when that cannot be read. */
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
    const line = this.text.slice(0, this.at).split("\n").length;
    return new VtlError(`Mapping template: ${what} in line ${line}, found "${this.text.slice(this.at, this.at + 20)}"`);
  }
}
