import { numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { interpolate } from "../../math/interpolate.js";
import { ndtri } from "../../math/ndtri.js";

export const quantileTransformerClass: EstimatorClass = {
  name: "QuantileTransformer",
  paths: ["sklearn.preprocessing._data", "sklearn.preprocessing.data"],
  read: readQuantileTransformer,
};

/** scikit-learn's BOUNDS_THRESHOLD: how near to the ends a value is out of range, for the normal distribution. */
const boundsThreshold = 1e-7;
const placeMin = boundsThreshold - Number.EPSILON;
const placeMax = 1 - placeMin;
const [clipMin, clipMax] = [ndtri(placeMin), ndtri(placeMax)];

/** A column's quantiles, and the same from the other end: repeated quantiles are met from both sides. */
interface Column {
  readonly quantiles: Float64Array;
  readonly negated: Float64Array;
}

function readQuantileTransformer(attributes: EstimatorAttributes): EstimatorDefinition {
  const array = attributes.array("quantiles_");
  const [rows, count] = array.shape;
  const references = attributes.numbers(["references_"]);
  if (array.shape.length !== 2 || references.length !== rows || references.length === 0)
    throw attributes.inconsistent("quantiles_ does not fit references_");
  const all = array.toNumbers();
  const columns = Array.from({ length: count! }, (_, column): Column => {
    const quantiles = Float64Array.from({ length: rows! }, (_, row) => all[row * count! + column]!);
    return { quantiles, negated: quantiles.map((value) => -value).reverse() };
  });
  const negatedReferences = references.map((value) => -value).reverse();
  const normal = attributes.get("output_distribution") === "normal";
  // Before 0.21 the uniform distribution was clipped, too.
  const isClipped = normal || !attributes.since(0, 21);

  /** The position of the value among the quantiles, from 0 to 1. */
  function place(x: number, { quantiles, negated }: Column): number {
    const first = quantiles[0]!;
    const last = quantiles.at(-1)!;
    if (Number.isNaN(x)) return x;
    // The lower end is written last, and so wins where both are met.
    if (isClipped ? x - boundsThreshold < first : x === first) return 0;
    if (isClipped ? x + boundsThreshold > last : x === last) return 1;
    return 0.5 * (interpolate(x, quantiles, references) - interpolate(-x, negated, negatedReferences));
  }

  const transform = numbersForRow(count!, (data, start, out, outStart) => {
    for (const [index, column] of columns.entries()) {
      const at = place(data[start + index]!, column);
      out[outStart + index] = normal
        ? clip(ndtri(at), clipMin, clipMax)
        : isClipped
          ? clip(at, placeMin, placeMax)
          : at;
    }
  });
  return {
    inputs: numberInputs(attributes, count!, true),
    keepsMissing: true,
    methods: new Map([["transform", transform]]),
    parameters: attributes.parameters("output_distribution", "n_quantiles_"),
  };
}

function clip(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? value : Math.min(Math.max(value, low), high);
}
