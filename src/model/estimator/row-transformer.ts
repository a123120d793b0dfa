import { numbersForRow } from "../core/methods.js";
import type { State } from "./attributes.js";
import type { Estimator } from "./estimator.js";
import { numberInputs } from "./inputs.js";

/** Writes the answer for the row that begins at `start` of `data` into `out`, from `at` on. */
export type FillRow = (data: Float64Array, start: number, out: Float64Array, at: number) => void;

/** A transformer that answers `width` numbers for each row of `columns` numbers. `parameters` are shown to people. */
export function rowTransformer(
  state: State,
  columns: number,
  width: number,
  fill: FillRow,
  ...parameters: readonly string[]
): Estimator {
  return {
    type: state.type,
    version: state.version,
    inputs: numberInputs(state, columns, false),
    keepsMissing: false,
    methods: new Map([["transform", numbersForRow(width, fill)]]),
    parameters: { ...state.parameters(...parameters), components: width },
  };
}
