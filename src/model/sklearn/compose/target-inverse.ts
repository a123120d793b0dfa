// The way back from a transformed target: inverse_transform of the transformers that TransformedTargetRegressor is used
// with.

import { EstimatorAttributes } from "../../estimator/attributes.js";
import { erf } from "../../math/erf.js";
import { exp } from "../../math/exp.js";
import { interpolate } from "../../math/interpolate.js";
import { log1p } from "../../math/log.js";
import { pow } from "../../math/pow.js";
import { ufuncNames, ufuncOf } from "../../numpy/ufuncs.js";
import { ufunc32Of } from "../../numpy/ufuncs32.js";
import { Global, Instance, type Value } from "../../pickle/values.js";

/**
 * The target of a value in the column that was transformed. @param single whether it is a 32-bit float: then a step
 * that numpy computes in place rounds to one
 */
type Inverse = (value: number, column: number, single: boolean) => number;

type ReadInverse = (attributes: EstimatorAttributes, columns: number) => Inverse;

/** By the transformer's class. */
const readers: ReadonlyMap<string, ReadInverse> = new Map<string, ReadInverse>([
  ["FunctionTransformer", readFunction],
  ["StandardScaler", (attributes, columns) => readCentered(attributes, columns, "mean_", "with_mean", "with_std")],
  [
    "RobustScaler",
    (attributes, columns) => readCentered(attributes, columns, "center_", "with_centering", "with_scaling"),
  ],
  [
    "MaxAbsScaler",
    (attributes, columns) => {
      const scale = attributes.numbers(["scale_"], columns);
      return (value, column) => value * scale[column]!;
    },
  ],
  [
    "MinMaxScaler",
    (attributes, columns) => {
      const scale = attributes.numbers(["scale_"], columns);
      const min = attributes.numbers(["min_"], columns);
      return (value, column, single) => {
        const moved = value - min[column]!;
        return (single ? Math.fround(moved) : moved) / scale[column]!;
      };
    },
  ],
  ["PowerTransformer", readPower],
  ["QuantileTransformer", readQuantiles],
]);

/** @param columns targets @throws ModelError "estimator-unsupported" for a transformer or function that is not read */
export function readInverse(outer: EstimatorAttributes, value: Value | undefined, columns: number): Inverse {
  const name = value instanceof Instance && value.global.module.startsWith("sklearn.") ? value.global.name : undefined;
  const read = readers.get(name ?? "");
  if (!(value instanceof Instance) || !read) {
    throw outer.unsupported(
      `the inverse of ${name ?? "its transformer"} is not supported`,
      `Supported transformers of the target: ${[...readers.keys()].join(", ")}.`,
    );
  }
  return read(new EstimatorAttributes(value, outer.type), columns);
}

function readFunction(attributes: EstimatorAttributes): Inverse {
  const func = attributes.get("inverse_func");
  if (func === undefined) return (value) => value;
  const apply = ufuncOf(func);
  if (!apply) {
    const name = func instanceof Global ? `${func.module}.${func.name}` : "its inverse function";
    throw attributes.unsupported(`${name} is not supported`, `Supported functions of numpy: ${ufuncNames.join(", ")}.`);
  }
  const apply32 = ufunc32Of(func);
  return (value, _column, single) => (single && apply32 ? apply32(value) : apply(value));
}

function readCentered(
  attributes: EstimatorAttributes,
  columns: number,
  centerName: string,
  withCenter: string,
  withScale: string,
): Inverse {
  const center = attributes.flag(withCenter) ? attributes.numbers([centerName], columns) : undefined;
  const scale = attributes.flag(withScale) ? attributes.numbers(["scale_"], columns) : undefined;
  return (value, column, single) => {
    const product = scale ? value * scale[column]! : value;
    const scaled = single ? Math.fround(product) : product;
    return center ? scaled + center[column]! : scaled;
  };
}

function readPower(attributes: EstimatorAttributes, columns: number): Inverse {
  const lambdas = attributes.numbers(["lambdas_"], columns);
  const inverse = attributes.text("method") === "box-cox" ? inverseBoxCox : inverseYeoJohnson;
  const scaler = attributes.flag("standardize") ? attributes.get("_scaler") : undefined;
  if (attributes.flag("standardize") && !(scaler instanceof Instance)) {
    throw attributes.expected("a StandardScaler", ["_scaler"], scaler);
  }
  const unscale =
    scaler instanceof Instance
      ? readCentered(new EstimatorAttributes(scaler, attributes.type), columns, "mean_", "with_mean", "with_std")
      : undefined;
  return (value, column, single) => {
    const unscaled = unscale ? unscale(value, column, single) : value;
    return inverse(single ? Math.fround(unscaled) : unscaled, lambdas[column]!);
  };
}

/** scipy.special.inv_boxcox */
function inverseBoxCox(y: number, lambda: number): number {
  return lambda === 0 ? exp(y) : exp(log1p(lambda * y) / lambda);
}

function inverseYeoJohnson(y: number, lambda: number): number {
  if (y >= 0) return Math.abs(lambda) < Number.EPSILON ? exp(y) - 1 : pow(y * lambda + 1, 1 / lambda) - 1;
  return Math.abs(lambda - 2) > Number.EPSILON ? 1 - pow(-(2 - lambda) * y + 1, 1 / (2 - lambda)) : 1 - exp(-y);
}

/** scikit-learn's BOUNDS_THRESHOLD: how near to the ends of the normal distribution a value is an end. */
const boundsThreshold = 1e-7;

function readQuantiles(attributes: EstimatorAttributes, columns: number): Inverse {
  const references = attributes.numbers(["references_"]);
  const rows = references.length;
  const all = attributes.numbers(["quantiles_"], rows * columns);
  if (rows === 0) throw attributes.inconsistent("it has no quantiles");
  const quantiles = Array.from({ length: columns }, (_, column) =>
    Float64Array.from({ length: rows }, (_, row) => all[row * columns + column]!),
  );
  const normal = attributes.get("output_distribution") === "normal";
  return function fromQuantiles(value, column) {
    if (Number.isNaN(value)) return value;
    const known = quantiles[column]!;
    const place = normal ? 0.5 * (1 + erf(value * Math.SQRT1_2)) : value;
    if (normal ? place - boundsThreshold < 0 : place === 0) return known[0]!;
    if (normal ? place + boundsThreshold > 1 : place === 1) return known[rows - 1]!;
    return interpolate(place, references, known);
  };
}
