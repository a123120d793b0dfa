import { numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { Tuple } from "../../pickle/values.js";

export const polynomialFeaturesClass: EstimatorClass = {
  name: "PolynomialFeatures",
  paths: ["sklearn.preprocessing._polynomial", "sklearn.preprocessing._data", "sklearn.preprocessing.data"],
  read: readPolynomialFeatures,
};

/** Factors of all products together: a wide table of a high degree would fill the memory. */
const factorsMax = 1 << 24;

/** Products of columns, in the order of itertools' combinations; each is built from the right, x_a * (x_b * x_c). */
function readPolynomialFeatures(attributes: EstimatorAttributes): EstimatorDefinition {
  const count = attributes.number("n_features_in_", "n_input_features_");
  const inputs = numberInputs(attributes, count, false);
  const [least, most] = readDegrees(attributes);
  const bias = attributes.flag("include_bias");
  const products = combinations(attributes, count, least, most, attributes.flag("interaction_only"));
  const start = bias ? 1 : 0;
  const width = products.length + start;
  const recorded = attributes.get("n_output_features_");
  if (typeof recorded === "number" && recorded !== width)
    throw attributes.inconsistent(`n_output_features_ is ${recorded}, and there are ${width} products`);
  const transform = numbersForRow(width, (data, rowStart, out, outStart) => {
    if (bias) out[outStart] = 1;
    for (const [index, factors] of products.entries()) {
      let product = data[rowStart + factors.at(-1)!]!;
      for (let factor = factors.length - 2; factor >= 0; factor--)
        product = data[rowStart + factors[factor]!]! * product;
      out[outStart + start + index] = product;
    }
  });
  return {
    inputs,
    methods: new Map([["transform", transform]]),
    parameters: { degree: most, ...attributes.parameters("interaction_only", "include_bias") },
  };
}

/** `degree`: the largest, or since 1.0 the least and the largest. */
function readDegrees(attributes: EstimatorAttributes): readonly [number, number] {
  const degree = attributes.get("degree");
  const [least, most] = degree instanceof Tuple ? degree.items : Array.isArray(degree) ? degree : [1, degree];
  if (typeof least !== "number" || typeof most !== "number" || !(most >= 0 && most <= 1_000))
    throw attributes.inconsistent("degree is not one or two small numbers");
  return [Math.max(least, 1), most];
}

function combinations(
  attributes: EstimatorAttributes,
  count: number,
  least: number,
  most: number,
  distinct: boolean,
): readonly Int32Array[] {
  const products: Int32Array[] = [];
  let factors = 0;
  for (let degree = least; degree <= (distinct ? Math.min(most, count) : most); degree++) {
    const chosen = Int32Array.from({ length: degree }, (_, place) => (distinct ? place : 0));
    for (let more = count > 0; more; more = next(chosen, count, distinct)) {
      factors += degree;
      if (factors > factorsMax) throw attributes.inconsistent(`its products have more than ${factorsMax} factors`);
      products.push(chosen.slice());
    }
  }
  return products;
}

/** The next combination in order; false after the last. */
function next(chosen: Int32Array, count: number, distinct: boolean): boolean {
  for (let place = chosen.length - 1; place >= 0; place--) {
    const largest = distinct ? count - chosen.length + place : count - 1;
    if (chosen[place]! >= largest) continue;
    const value = chosen[place]! + 1;
    for (let later = place; later < chosen.length; later++) chosen[later] = distinct ? value + later - place : value;
    return true;
  }
  return false;
}
