// StandardScaler, MinMaxScaler, MaxAbsScaler, RobustScaler: each column separately.

import { eachRow } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { transformTo } from "../../estimator/tables.js";
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
  // Before 1.8 a table of 32-bit floats was scaled by 64-bit ones.
  const converts = centerName === "mean_" && attributes.since(1, 8);
  const scaled: Scaled = (value, column, round) => {
    const convert = converts ? round : unrounded;
    const centered = center ? round(value - convert(center[column]!)) : value;
    return scale ? round(centered / convert(scale[column]!)) : centered;
  };
  return scaler(attributes, count, [withCenter, withScale], scaled, !center);
}

function readMaxAbs(attributes: EstimatorAttributes): EstimatorDefinition {
  const scale = attributes.numbers(["scale_"]);
  return scaler(attributes, scale.length, [], (value, column, round) => round(value / scale[column]!), true);
}

function readMinMax(attributes: EstimatorAttributes): EstimatorDefinition {
  const scale = attributes.numbers(["scale_"]);
  const min = attributes.numbers(["min_"], scale.length);
  const range = attributes.get("feature_range");
  const [low, high] = range instanceof Tuple ? range.items : [];
  if (!attributes.flag("clip"))
    return scaler(attributes, scale.length, [], (value, column, round) =>
      round(round(value * scale[column]!) + min[column]!),
    );
  if (typeof low !== "number" || typeof high !== "number")
    throw attributes.inconsistent("feature_range is not two numbers");
  return scaler(attributes, scale.length, ["clip"], (value, column, round) => {
    const scaled = round(round(value * scale[column]!) + min[column]!);
    return Math.max(low, Math.min(scaled, high));
  });
}

/** What a number of a column becomes. `round`: after each operation, for a table of 32-bit floats. */
type Scaled = (value: number, column: number, round: (value: number) => number) => number;

const unrounded = (value: number): number => value;

/** @param keepsZeros whether zeros stay, so that a sparse table stays sparse */
function scaler(
  attributes: EstimatorAttributes,
  count: number,
  parameters: readonly string[],
  scaled: Scaled,
  keepsZeros = false,
): EstimatorDefinition {
  const change = (table: Table): Table => {
    if (table.kind === "sparse" && keepsZeros) {
      return { ...table, data: table.data.map((value, entry) => scaled(value, table.indices[entry]!, unrounded)) };
    }
    const single = table.kind === "matrix" && table.single === true;
    const round = single ? Math.fround : unrounded;
    const data = new Float64Array(table.rows * count);
    eachRow(table, (row, start, index) => {
      for (let column = 0; column < count; column++) {
        data[index * count + column] = scaled(row[start + column]!, column, round);
      }
    });
    return { kind: "matrix", rows: table.rows, columns: count, data, ...(single && { single }) };
  };
  return {
    inputs: numberInputs(attributes, count, true),
    keepsMissing: true,
    methods: new Map([["transform", transformTo(count, change)]]),
    parameters: attributes.parameters(...parameters),
  };
}
