import { type Code, codes } from "./codes.js";

/** Where an error was met: a file and byte, a row and column, a URL. Printed after the message. */
export interface ErrorPlace {
  readonly file?: string;
  readonly byte?: number;
  readonly row?: number;
  readonly column?: number | string;
  readonly url?: string;
}

export interface TepalErrorOptions {
  readonly place?: ErrorPlace;
  /** What to do, when it can be said better than the code's general remedy. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * An error that a user can read and act on: a code from the table, what was wrong with the value in question, where, and what to do.
 * Anything else that is thrown is a bug of ours.
 */
export class TepalError extends Error {
  override readonly name = "TepalError";
  readonly code: Code;
  readonly place: ErrorPlace;
  readonly hint: string;

  constructor(code: Code, message: string, { place = {}, hint, cause }: TepalErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.place = place;
    this.hint = hint ?? codes[code].remedy;
  }
}
