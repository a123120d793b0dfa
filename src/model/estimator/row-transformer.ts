import { numbersForRow } from "../core/methods.js";
import type { EstimatorAttributes } from "./attributes.js";
import type { EstimatorDefinition } from "./estimator.js";
import { numberInputs } from "./inputs.js";

/** Writes the result for the row that begins at `start` of `data` into `out`, starting at `at`. */
export type FillRow = (data: Float64Array, start: number, out: Float64Array, at: number) => void;

/** A transformer that returns `width` numbers for each row of `columns` numbers. `parameters` are shown to users. */
export function rowTransformer(
  attributes: EstimatorAttributes,
  columns: number,
  width: number,
  fill: FillRow,
  ...parameters: readonly string[]
): EstimatorDefinition {
  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map([["transform", numbersForRow(width, fill)]]),
    parameters: { ...attributes.parameters(...parameters), components: width },
  };
}
