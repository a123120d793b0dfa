import { ModelError } from "../errors.js";
import type { Feature, Scalar } from "./model.js";
import { scalarJson } from "./output.js";

/** Known categories that an error lists. */
const categoriesShown = 20;

type InputErrorCode = ConstructorParameters<typeof ModelError>[0] & `input-${string}`;

/**
 * An error about one value of a table. The table may be an inner one: every step that selects or transforms columns
 * calls `inColumns` on the way up, so that the message states the row and column of the request.
 */
export class CellError extends ModelError {
  readonly #code: InputErrorCode;
  readonly #row: number;
  readonly #column: number | undefined;
  readonly #describe: (where: string) => string;

  /**
   * @param row from 0
   * @param column from 0; undefined where the value was computed from several columns
   * @param describe the message, with the words for the location: 'row 2, column 3 ("city")'
   * @param options `name`: the column's name; `hint`: how to fix it
   */
  constructor(
    code: InputErrorCode,
    row: number,
    column: number | undefined,
    describe: (where: string) => string,
    { name, hint }: { readonly name?: string | undefined; readonly hint?: string | undefined } = {},
  ) {
    const shownName = name === undefined ? "" : ` (${JSON.stringify(name)})`;
    const where = column === undefined ? `row ${row + 1}` : `row ${row + 1}, column ${column + 1}${shownName}`;
    super(code, describe(where), {
      place: { row: row + 1, ...(column !== undefined && { column: column + 1 }) },
      hint,
    });
    this.#code = code;
    this.#row = row;
    this.#column = column;
    this.#describe = describe;
  }

  /** The same error in the outer table. @param columnOf returns undefined for a column that it does not have */
  inColumns(columnOf: (column: number) => number | undefined): CellError {
    const column = this.#column === undefined ? undefined : columnOf(this.#column);
    return new CellError(this.#code, this.#row, column, this.#describe, { hint: this.hint });
  }

  /** The same error with the name of its column and, for an unknown category, those that the column knows. */
  withNames(features: readonly Feature[]): CellError {
    const { name, categories = [] } = (this.#column !== undefined && features[this.#column]) || {};
    const isUnknown = this.#code === "input-category-unknown" && categories.length > 0;
    const hint = isUnknown ? categoriesHint(categories) : this.hint;
    return new CellError(this.#code, this.#row, this.#column, this.#describe, { name, hint });
  }
}

function categoriesHint(categories: readonly Scalar[]): string {
  const shown = categories.slice(0, categoriesShown).map(scalarJson);
  return `The known values are: ${shown.join(", ")}${categories.length > shown.length ? ", ..." : ""}.`;
}

/** Runs a step on an inner table. Its errors about one value become errors about the outer table. */
export function withOuterColumns<T>(columnOf: (column: number) => number | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof CellError ? error.inColumns(columnOf) : error;
  }
}

/** The error of encoders for a category that they do not know. */
export function unknownCategory(value: Scalar, row: number, column: number): CellError {
  return new CellError(
    "input-category-unknown",
    row,
    column,
    (where) => `The value ${scalarJson(value)} at ${where} was not in the training data`,
  );
}
