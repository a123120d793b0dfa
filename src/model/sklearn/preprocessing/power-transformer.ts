import { numbersForRow } from "../../core/methods.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { expm1 } from "../../math/expm1.js";
import { log, log1p } from "../../math/log.js";
import { pow } from "../../math/pow.js";
import { Instance } from "../../pickle/values.js";

export const powerTransformerClass: EstimatorClass = {
  name: "PowerTransformer",
  paths: ["sklearn.preprocessing._data", "sklearn.preprocessing.data"],
  read: readPowerTransformer,
};

/** Powers at or below which the transform is a logarithm: numpy's spacing(1.0). */
const nearZero = Number.EPSILON;

function readPowerTransformer(attributes: EstimatorAttributes): EstimatorDefinition {
  const lambdas = attributes.numbers(["lambdas_"]);
  const count = lambdas.length;
  const method = attributes.text("method");
  if (method !== "yeo-johnson" && method !== "box-cox") throw attributes.inconsistent("method is not known");
  const change = method === "box-cox" ? boxCox : attributes.since(1, 8) ? yeoJohnsonByLogarithm : yeoJohnson;
  const scale = attributes.flag("standardize") ? readScaler(attributes, count) : undefined;
  const transform = numbersForRow(count, (data, start, out, outStart) => {
    for (let column = 0; column < count; column++) {
      const value = change(data[start + column]!, lambdas[column]!);
      out[outStart + column] = scale ? (value - scale.means[column]!) / scale.scales[column]! : value;
    }
  });
  return {
    inputs: numberInputs(attributes, count, true),
    keepsMissing: true,
    methods: new Map([["transform", transform]]),
    parameters: attributes.parameters("method", "standardize"),
  };
}

function readScaler(
  attributes: EstimatorAttributes,
  count: number,
): { readonly means: Float64Array; readonly scales: Float64Array } {
  const value = attributes.get("_scaler");
  if (!(value instanceof Instance)) throw attributes.expected("a StandardScaler", ["_scaler"], value);
  const scaler = new EstimatorAttributes(value, "sklearn.preprocessing.StandardScaler");
  return { means: scaler.numbers(["mean_"], count), scales: scaler.numbers(["scale_"], count) };
}

/** scipy.special.boxcox */
function boxCox(x: number, lambda: number): number {
  // NaN passes; a number that is not positive has no transform.
  if (!(x > 0)) return x === 0 && lambda > 0 ? -1 / lambda : Number.NaN;
  return Math.abs(lambda) < 1e-19 ? log(x) : expm1(lambda * log(x)) / lambda;
}

/** Yeo and Johnson (2000), as scikit-learn writes it up to 1.7. */
function yeoJohnson(x: number, lambda: number): number {
  if (x >= 0) return Math.abs(lambda) < nearZero ? log1p(x) : (pow(x + 1, lambda) - 1) / lambda;
  if (Number.isNaN(x)) return x;
  return Math.abs(lambda - 2) > nearZero ? -(pow(-x + 1, 2 - lambda) - 1) / (2 - lambda) : -log1p(-x);
}

/** The same as scipy writes it, which scikit-learn uses since 1.8. */
function yeoJohnsonByLogarithm(x: number, lambda: number): number {
  if (x >= 0) return Math.abs(lambda) < nearZero ? log1p(x) : expm1(lambda * log1p(x)) / lambda;
  if (Number.isNaN(x)) return x;
  return Math.abs(lambda - 2) > nearZero ? -expm1((2 - lambda) * log1p(-x)) / (2 - lambda) : -log1p(-x);
}
