// StandardScaler, MinMaxScaler, MaxAbsScaler, RobustScaler: each column separately.

import type { ModelMethod } from "../../core/create-model.js";
import { numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { tableFrom } from "../../estimator/tables.js";
import { Tuple } from "../../pickle/values.js";

const paths = ["sklearn.preprocessing._data", "sklearn.preprocessing.data"];

export const scalerClasses: readonly EstimatorClass[] = [
  { name: "StandardScaler", paths, read: (attributes) => readCentered(attributes, "mean_", "with_mean", "with_std") },
  {
    name: "RobustScaler",
    paths,
    read: (attributes) => readCentered(attributes, "center_", "with_centering", "with_scaling"),
  },
  { name: "MaxAbsScaler", paths, read: readMaxAbs },
  { name: "MinMaxScaler", paths, read: readMinMax },
];

/** (x - center) / scale, by division: x * (1 / scale) rounds otherwise. */
function readCentered(
  attributes: EstimatorAttributes,
  centerName: string,
  withCenter: string,
  withScale: string,
): EstimatorDefinition {
  const center = attributes.flag(withCenter) ? attributes.numbers([centerName]) : undefined;
  const scale = attributes.flag(withScale) ? attributes.numbers(["scale_"], center?.length) : undefined;
  // Without mean and scale the values pass unchanged, and only n_features_in_ (0.24 and later) records how many there
  // are.
  const count = center?.length ?? scale?.length ?? attributes.number("n_features_in_");
  const scaled: Scaled = (value, column) => {
    const centered = center ? value - center[column]! : value;
    return scale ? centered / scale[column]! : centered;
  };
  return scaler(attributes, count, [withCenter, withScale], scaled, !center);
}

function readMaxAbs(attributes: EstimatorAttributes): EstimatorDefinition {
  const scale = attributes.numbers(["scale_"]);
  return scaler(attributes, scale.length, [], (value, column) => value / scale[column]!, true);
}

function readMinMax(attributes: EstimatorAttributes): EstimatorDefinition {
  const scale = attributes.numbers(["scale_"]);
  const min = attributes.numbers(["min_"], scale.length);
  const range = attributes.get("feature_range");
  const [low, high] = range instanceof Tuple ? range.items : [];
  if (!attributes.flag("clip"))
    return scaler(attributes, scale.length, [], (value, column) => value * scale[column]! + min[column]!);
  if (typeof low !== "number" || typeof high !== "number")
    throw attributes.inconsistent("feature_range is not two numbers");
  return scaler(attributes, scale.length, ["clip"], (value, column) => {
    const scaled = value * scale[column]! + min[column]!;

    return Math.max(low, Math.min(scaled, high));
  });
}

/** What a number of a column becomes. */
type Scaled = (value: number, column: number) => number;

/** @param keepsZeros whether zeros stay, so that a sparse table stays sparse */
function scaler(
  attributes: EstimatorAttributes,
  count: number,
  parameters: readonly string[],
  scaled: Scaled,
  keepsZeros = false,
): EstimatorDefinition {
  const dense = numbersForRow(count, (data, start, out, outStart) => {
    for (let column = 0; column < count; column++) out[outStart + column] = scaled(data[start + column]!, column);
  });
  const transform: ModelMethod = {
    ...dense,
    table(table) {
      if (table.kind !== "sparse" || !keepsZeros) return tableFrom(dense, table);
      return { ...table, data: table.data.map((value, entry) => scaled(value, table.indices[entry]!)) };
    },
  };
  return {
    inputs: numberInputs(attributes, count, true),
    keepsMissing: true,
    methods: new Map([["transform", transform]]),
    parameters: attributes.parameters(...parameters),
  };
}
