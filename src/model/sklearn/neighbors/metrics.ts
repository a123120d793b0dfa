// Distances between two rows, as sklearn.metrics.DistanceMetric computes them.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { pow } from "../../math/pow.js";
import { dot } from "../../math/vectors.js";
import { NdArray } from "../../numpy/ndarray.js";
import { printable } from "../../pickle/text.js";
import { Dict, kindOf, type Value } from "../../pickle/values.js";

/** The distance of two vectors of `length` numbers that begin at these places. */
type Between = (a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number) => number;

export interface Metric {
  readonly name: string;
  /** A number that rises with the distance and is cheaper to compute: its square, or the distance. */
  readonly reduced: Between;
  /** About the same, off by less than a part in 10^12 and faster: to pass over what is far. */
  readonly quick?: Between;
  readonly toDistance: (reduced: number) => number;
  readonly toReduced: (distance: number) => number;
  /** Minkowski's exponent, which bounds boxes of a k-d tree; absent where boxes do not bound the distance. */
  readonly p?: number;
  /** How many columns it needs, where it does not accept any number. */
  readonly columns?: number;
}

const itself = (distance: number) => distance;
const square = (distance: number) => distance * distance;

function plain(name: string, reduced: Between, more: Partial<Metric> = {}): Metric {
  return { name, reduced, toDistance: itself, toReduced: itself, ...more };
}

/** Sums `term` over the columns, in order. */
function summed(term: (x: number, y: number) => number): Between {
  return (a, aStart, b, bStart, length) => {
    let sum = 0;
    for (let index = 0; index < length; index++) sum += term(a[aStart + index]!, b[bStart + index]!);
    return sum;
  };
}

const squaredDistance: Between = (a, aStart, b, bStart, length) => {
  let sum = 0;
  for (let index = 0; index < length; index++) {
    const difference = a[aStart + index]! - b[bStart + index]!;
    sum += difference * difference;
  }
  return sum;
};

const euclidean: Metric = {
  name: "euclidean",
  reduced: squaredDistance,
  toDistance: Math.sqrt,
  toReduced: square,
  p: 2,
};

const manhattan = plain(
  "manhattan",
  summed((x, y) => Math.abs(x - y)),
  { p: 1 },
);

const chebyshev = plain(
  "chebyshev",
  (a, aStart, b, bStart, length) => {
    let largest = 0;
    for (let index = 0; index < length; index++) {
      largest = Math.max(largest, Math.abs(a[aStart + index]! - b[bStart + index]!));
    }
    return largest;
  },
  { p: Number.POSITIVE_INFINITY },
);

const canberra = plain(
  "canberra",
  summed((x, y) => {
    const size = Math.abs(x) + Math.abs(y);
    return size > 0 ? Math.abs(x - y) / size : 0;
  }),
);

const differences = summed((x, y) => Math.abs(x - y));
const sizes = summed((x, y) => Math.abs(x) + Math.abs(y));
const braycurtis = plain("braycurtis", (a, aStart, b, bStart, length) => {
  const size = sizes(a, aStart, b, bStart, length);
  return size > 0 ? differences(a, aStart, b, bStart, length) / size : 0;
});

const unequal = summed((x, y) => (x === y ? 0 : 1));
const hamming = plain("hamming", (a, aStart, b, bStart, length) => unequal(a, aStart, b, bStart, length) / length);

/** 1 - the cosine of the angle, of rows that are divided by their length first (a length of 0 stays 0). */
const cosine = plain("cosine", (a, aStart, b, bStart, length) => {
  const aNorm = Math.sqrt(dot(a, aStart, a, aStart, length)) || 1;
  const bNorm = Math.sqrt(dot(b, bStart, b, bStart, length)) || 1;
  let sum = 0;
  for (let index = 0; index < length; index++) sum += (a[aStart + index]! / aNorm) * (b[bStart + index]! / bNorm);
  return Math.min(Math.max(1 - sum, 0), 2);
});

/** Latitude and longitude in radians, on a sphere of radius 1. */
const haversine: Metric = {
  name: "haversine",
  reduced(a, aStart, b, bStart) {
    const latitude = Math.sin(0.5 * (a[aStart]! - b[bStart]!));
    const longitude = Math.sin(0.5 * (a[aStart + 1]! - b[bStart + 1]!));
    return latitude * latitude + Math.cos(a[aStart]!) * Math.cos(b[bStart]!) * longitude * longitude;
  },
  toDistance: (reduced) => 2 * Math.asin(Math.sqrt(reduced)),
  toReduced: (distance) => square(Math.sin(0.5 * distance)),
  columns: 2,
};

/** Of yes-or-no columns: how many are true in both, and in one alone. */
function boolean(name: string, distance: (both: number, one: number, length: number) => number): Metric {
  const both = summed((x, y) => (x !== 0 && y !== 0 ? 1 : 0));
  const one = summed((x, y) => ((x !== 0) !== (y !== 0) ? 1 : 0));
  return plain(name, (a, aStart, b, bStart, length) =>
    distance(both(a, aStart, b, bStart, length), one(a, aStart, b, bStart, length), length),
  );
}

const either = (both: number, one: number) => both + one;
const table: readonly Metric[] = [
  euclidean,
  manhattan,
  chebyshev,
  canberra,
  braycurtis,
  hamming,
  cosine,
  haversine,
  plain("sqeuclidean", squaredDistance),
  boolean("jaccard", (both, one) => (either(both, one) === 0 ? 0 : one / either(both, one))),
  boolean("matching", (_, one, length) => one / length),
  boolean("dice", (both, one) => (either(both, one) === 0 ? 0 : one / (2 * both + one))),
  boolean("rogerstanimoto", (_, one, length) => (2 * one) / (length + one)),
  boolean("russellrao", (both, _, length) => (length - both) / length),
  boolean("sokalmichener", (_, one, length) => (2 * one) / (length + one)),
  boolean("sokalsneath", (both, one) => (one === 0 ? 0 : one / (0.5 * both + one))),
];

const aliases: ReadonlyMap<string, string> = new Map([
  ["l2", "euclidean"],
  ["l1", "manhattan"],
  ["cityblock", "manhattan"],
  ["infinity", "chebyshev"],
]);

/** Minkowski's distance: (sum of w |x - y|^p)^(1/p). */
function minkowski(p: number, weights: Float64Array | undefined): Metric {
  const summedBy = (power: (x: number, y: number) => number): Between => {
    return (a, aStart, b, bStart, length) => {
      let sum = 0;
      for (let index = 0; index < length; index++) {
        const term = power(Math.abs(a[aStart + index]! - b[bStart + index]!), p);
        sum += weights ? weights[index]! * term : term;
      }
      return sum;
    };
  };
  const toDistance = (sum: number) => pow(sum, 1 / p);
  const metric = {
    name: "minkowski",
    reduced: summedBy(pow),
    quick: summedBy(Math.pow),
    toDistance,
    toReduced: (distance: number) => pow(distance, p),
  };
  return weights ? { ...metric, columns: weights.length } : { ...metric, p };
}

/** Each column's difference is divided by its variance. */
function standardized(variances: Float64Array): Metric {
  const reduced: Between = (a, aStart, b, bStart, length) => {
    let sum = 0;
    for (let index = 0; index < length; index++) {
      const difference = a[aStart + index]! - b[bStart + index]!;
      sum += (difference * difference) / variances[index]!;
    }
    return sum;
  };
  return { name: "seuclidean", reduced, toDistance: Math.sqrt, toReduced: square, columns: variances.length };
}

/**
 * The metric that an estimator was fitted with. @throws ModelError "estimator-unsupported", "estimator-inconsistent"
 */
export function readMetric(attributes: EstimatorAttributes): Metric {
  const value = attributes.get("effective_metric_", "metric");
  if (typeof value !== "string")
    throw attributes.unsupported(`its metric is ${kindOf(value)}, which would have to be run`);
  const name = aliases.get(value) ?? value;
  const parameters = attributes.get("effective_metric_params_", "metric_params");
  const parameter = (key: string) => (parameters instanceof Dict ? parameters.get(key) : undefined);
  if (name === "minkowski" || name === "p" || name === "wminkowski") return readMinkowski(attributes, parameter);
  if (name === "seuclidean") {
    const variances = parameter("V");
    if (!(variances instanceof NdArray))
      throw attributes.expected("an array", ["effective_metric_params_ V"], variances);
    return standardized(variances.toNumbers());
  }
  // Since 1.1 the other name of the same distance keeps it from being measured by |x|^2 - 2 x.y + |y|^2.
  if (value === "l2" && attributes.since(1, 1)) return { ...euclidean, name: "l2" };
  const found = table.find((metric) => metric.name === name);
  if (found) return found;
  const known = [...table.map((metric) => metric.name), "minkowski", "seuclidean"].join(", ");
  const hint = `Supported metrics: ${known}.`;
  if (name === "precomputed") {
    throw attributes.unsupported("its input would be the distances to every training row (metric precomputed)", hint);
  }
  throw attributes.unsupported(`the metric "${printable(name, 30)}" is not supported`, hint);
}

function readMinkowski(attributes: EstimatorAttributes, parameter: (key: string) => Value | undefined): Metric {
  const p = parameter("p") ?? attributes.get("p") ?? 2;
  if (typeof p !== "number" || !(p > 0)) throw attributes.inconsistent("the exponent p of its metric is not above 0");
  const weights = parameter("w") ?? undefined;
  if (weights !== undefined && weights !== null) {
    if (!(weights instanceof NdArray)) throw attributes.expected("an array", ["effective_metric_params_ w"], weights);
    return minkowski(p, weights.toNumbers());
  }
  if (p === 1) return manhattan;
  if (p === 2) return euclidean;
  if (p === Number.POSITIVE_INFINITY) return chebyshev;
  return minkowski(p, undefined);
}
