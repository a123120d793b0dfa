/** The location of an error: file and byte, row and column, or URL. Printed after the message. */
export interface ErrorPlace {
  readonly file?: string;
  readonly byte?: number;
  readonly row?: number;
  readonly column?: number | string;
  readonly url?: string;
}

export interface TepalErrorOptions {
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
