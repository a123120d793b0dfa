import { TepalError, type TepalErrorOptions } from "./tepal-error.js";

interface ErrorCode {
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** What the reader of the error can do. */
  readonly remedy: string;
}

/** The error codes of one room. Codes are unique across rooms: a test compares the tables. */
export type ErrorCodeTable = Readonly<Record<string, ErrorCode>>;

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
