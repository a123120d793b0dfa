import { CellError } from "../../core/cell-error.js";
import { numberForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";

export const isotonicClass: EstimatorClass = {
  name: "IsotonicRegression",
  paths: ["sklearn.isotonic"],
  read: readIsotonic,
};

/** Straight lines between thresholds, on a table of one column. */
function readIsotonic(attributes: EstimatorAttributes): EstimatorDefinition {
  const predict = numberForRow(readInterpolation(attributes));
  return {
    inputs: numberInputs(attributes, 1, false),
    methods: new Map([
      ["predict", predict],
      ["transform", predict],
    ]),
    parameters: attributes.parameters("increasing_", "out_of_bounds"),
  };
}

function readInterpolation(
  attributes: EstimatorAttributes,
): (data: Float64Array, start: number, row: number) => number {
  const array = attributes.array("X_thresholds_", "_necessary_X_");
  const x = array.toNumbers();
  // 0.24 renamed them.
  const y = attributes.numbers(["y_thresholds_", "_necessary_y_"], x.length);
  if (x.length === 0 || x.some((value, index) => !(value >= (x[index - 1] ?? value)))) {
    throw attributes.inconsistent("its thresholds do not rise");
  }
  const bounds = attributes.get("out_of_bounds");
  const [low, high] = [x[0]!, x.at(-1)!];
  // Fitted on 32-bit numbers it computes with them.
  const round = array.dtype.code.endsWith("f4") ? Math.fround : (value: number) => value;
  return (data, start, row) => {
    const value = round(data[start]!);
    if (value < low || value > high) {
      if (bounds === "clip") return (value < low ? y[0] : y.at(-1))!;
      if (x.length === 1) return y[0]!;
      if (bounds === "raise") throw outOfBounds(value, row, low, high);
      return Number.NaN;
    }
    const index = intervalOf(x, value);
    if (value === x[index] || index === x.length - 1) return y[index]!;
    const slope = round(round(y[index + 1]! - y[index]!) / round(x[index + 1]! - x[index]!));
    return round(round(slope * round(value - x[index]!)) + y[index]!);
  };
}

/** The last threshold that is no larger than the value, for a value within bounds. */
function intervalOf(x: Float64Array, value: number): number {
  let low = 0;
  let high = x.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}

function outOfBounds(value: number, row: number, low: number, high: number): CellError {
  return new CellError(
    "input-out-of-range",
    row,
    0,
    (where) => `The value ${value} at ${where} is outside of the training range, ${low} to ${high}`,
    { hint: 'Fit the IsotonicRegression with out_of_bounds="clip" to predict such values.' },
  );
}
