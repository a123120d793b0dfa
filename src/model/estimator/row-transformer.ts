import { type FillTableRow, numbersForRow } from "../core/methods.js";
import type { EstimatorAttributes } from "./attributes.js";
import type { EstimatorDefinition } from "./estimator.js";
import { numberInputs } from "./inputs.js";

/** A transformer that returns `width` numbers for each row of `columns` numbers. `parameters` are shown to users. */
export function rowTransformer(
  attributes: EstimatorAttributes,
  columns: number,
  width: number,
  fill: FillTableRow,
  ...parameters: readonly string[]
): EstimatorDefinition {
  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map([["transform", numbersForRow(width, fill)]]),
    parameters: { ...attributes.parameters(...parameters), components: width },
  };
}
