// TransformedTargetRegressor: a regressor of a transformed target, and the way back.

import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { valuesPerRow } from "../../estimator/column-counts.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { withNamesOf } from "../../estimator/inputs.js";
import { methodOf, numbersMethod } from "../../estimator/meta-estimator.js";
import { type Floats, numbersFrom } from "../../estimator/numbers.js";
import { readInverse } from "./target-inverse.js";

export const transformedTargetClass: EstimatorClass = {
  name: "TransformedTargetRegressor",
  paths: ["sklearn.compose._target"],
  read: readTransformedTarget,
};

function readTransformedTarget(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): EstimatorDefinition {
  const regressor = readSubEstimator(attributes.get("regressor_"), `the regressor of ${attributes.type}`);
  const predict = methodOf(attributes, regressor, "predict");
  const columns = valuesPerRow(attributes, predict) ?? 1;
  const inverse = readInverse(attributes, attributes.get("transformer_"), columns);
  const targetsOf = (table: Table): Floats => {
    const { data, single } = numbersFrom(predict, table);
    if (single) return Float32Array.from(data, (value, index) => inverse(value, index % columns, true));
    return data.map((value, index) => inverse(value, index % columns, false));
  };
  // A single target may have been a column: then each prediction is a list of one.
  const single = columns === 1 && attributes.number("_training_dim") === 1;
  return {
    ...regressor,
    inputs: withNamesOf(attributes, regressor.inputs),
    methods: new Map([["predict", numbersMethod(single ? undefined : columns, targetsOf)]]),
    parameters: { regressor: regressor.type, ...regressor.parameters },
  };
}
