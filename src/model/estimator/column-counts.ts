// The number of columns before and after an estimator, which some files do not record.

import type { ModelMethod } from "../core/create-model.js";
import type { ColumnCount } from "../core/model.js";
import type { EstimatorAttributes } from "./attributes.js";
import type { Estimator } from "./estimator.js";
import type { Inputs } from "./inputs.js";

/** Whether an estimator accepts a table with this many columns. */
export function accepts({ inputs }: Estimator, columns: ColumnCount): boolean {
  return inputs.count === columns || inputs.count === "any" || columns === "any";
}

/** How many columns `transform` returns for a table of so many columns. */
export function columnsAfter(estimator: Estimator, columns: number): number;
export function columnsAfter(estimator: Estimator, columns: ColumnCount): ColumnCount;
export function columnsAfter({ methods, addedColumns = 0 }: Estimator, columns: ColumnCount): ColumnCount {
  const count = methods.get("transform")?.output.columns ?? 1;
  if (count !== "any") return count;
  return columns === "any" ? columns : columns + addedColumns;
}

/**
 * How many columns an inner estimator's table has. Where it records none, the outer estimator must.
 * @throws ModelError "estimator-inconsistent"
 */
export function columnCountOf(outer: EstimatorAttributes, { count }: Inputs): number {
  return count === "any" ? outer.number("n_features_in_") : count;
}

/**
 * How many values a method returns for each row; undefined for a single value. @throws ModelError
 * "estimator-inconsistent"
 */
export function valuesPerRow(outer: EstimatorAttributes, { output }: ModelMethod): number | undefined {
  if (output.columns === "any") throw outer.inconsistent("an estimator in it records no number of columns");
  return output.columns;
}

/** The inputs of an estimator; columns of numbers where it records none, or where there is no estimator. */
export function knownInputs(inputs: Inputs | undefined, count: number): Inputs {
  if (inputs && inputs.count !== "any") return inputs;
  return {
    count,
    named: false,
    missing: true,
    features: () => Array.from({ length: count }, (_, index) => ({ name: `x${index}`, kind: "number", missing: true })),
  };
}
