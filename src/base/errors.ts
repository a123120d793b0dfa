/** The location of an error: file and byte, row and column, or URL. Printed after the message. */
export interface ErrorPlace {
  readonly file?: string;
  readonly byte?: number;
  readonly row?: number;
  readonly column?: number | string;
  readonly url?: string;
}

export interface ErrorCode {
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** What the reader of the error can do. */
  readonly remedy: string;
}

/** The error codes of one room. Codes are unique across rooms: a test compares the tables. */
export type ErrorCodeTable = Readonly<Record<string, ErrorCode>>;

interface TepalErrorOptions {
  readonly place?: ErrorPlace;
  /** What to do, if it can be more specific than the remedy of the code. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * An error that a user can act on: a code, a message about the value in question, its location, and what to do.
 * Each room throws its own subclass, whose codes are those of the room's table. Any other exception is a bug in Tepal.
 */
export class TepalError extends Error {
  override readonly name = "TepalError";
  readonly code: string;
  readonly place: ErrorPlace;
  readonly hint: string;

  protected constructor(code: string, message: string, hint: string, { place = {}, cause }: TepalErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.place = place;
    this.hint = hint;
  }

  /** The same code and hint, with another message or with a place that adds to this one's. */
  with({ message = this.message, place }: { readonly message?: string; readonly place?: ErrorPlace }): TepalError {
    return new TepalError(this.code, message, this.hint, { place: { ...place, ...this.place }, cause: this });
  }
}

/** Creates the error class of a room. Only the codes of `table` compile; the default hint is the remedy of the code. */
export function errorClass<Table extends ErrorCodeTable>(table: Table) {
  return class RoomError extends TepalError {
    declare readonly code: keyof Table & string;

    constructor(code: keyof Table & string, message: string, options: TepalErrorOptions = {}) {
      super(code, message, options.hint ?? table[code]!.remedy, options);
    }
  };
}

export const baseErrorCodes = {
  "file-cut-short": {
    meaning: "A binary file ended before a value that it announced.",
    remedy: "Copy or download the file again; compare its size with the original.",
  },
} satisfies ErrorCodeTable;

export class BaseError extends errorClass(baseErrorCodes) {}
