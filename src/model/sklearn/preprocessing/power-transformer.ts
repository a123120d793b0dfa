import { numbersForRow } from "../../core/methods.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { boxCox, yeoJohnson, yeoJohnsonByLogarithm } from "../../math/power-transforms.js";
import { Instance } from "../../pickle/values.js";

export const powerTransformerClass: EstimatorClass = {
  name: "PowerTransformer",
  paths: ["sklearn.preprocessing._data", "sklearn.preprocessing.data"],
  read: readPowerTransformer,
};

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
