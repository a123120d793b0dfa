// Features whose products approximate a kernel: from the kernel with chosen points, or random.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { rowTransformer } from "../../estimator/row-transformer.js";
import { log } from "../../math/log.js";
import { dot, rowTimesMatrix } from "../../math/vectors.js";
import { Dict } from "../../pickle/values.js";
import { kernelOf, readKernelParameters } from "../metrics/index.js";

const paths = ["sklearn.kernel_approximation"];

export const kernelMapClasses: readonly EstimatorClass[] = [
  { name: "Nystroem", paths, read: readNystroem },
  { name: "RBFSampler", paths, read: readRbfSampler },
  { name: "SkewedChi2Sampler", paths, read: readSkewedChi2 },
  { name: "AdditiveChi2Sampler", paths, read: readAdditiveChi2 },
];

function readNystroem(attributes: EstimatorAttributes): EstimatorDefinition {
  const points = readMatrix(attributes, ["components_"]);
  const { rows, columns } = points;
  const normalization = readMatrix(attributes, ["normalization_"], { rows, columns: rows });
  const more = attributes.get("kernel_params");
  const given = more instanceof Dict ? Object.fromEntries(more.entries) : {};
  const kernel = kernelOf(attributes, attributes.get("kernel"), points, {
    ...numbersOf(given),
    ...readKernelParameters(attributes),
  });
  const similar = new Float64Array(rows);
  return rowTransformer(
    attributes,
    columns,
    rows,
    (row, start, out, at) => {
      kernel(row, start, similar, 0);
      for (let component = 0; component < rows; component++) {
        out[at + component] = dot(similar, 0, normalization.data, component * rows, rows);
      }
    },
    "kernel",
  );
}

function numbersOf(given: Readonly<Record<string, unknown>>): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const name of ["gamma", "degree", "coef0"]) {
    const value = given[name];
    if (typeof value === "number") numbers[name] = value;
  }
  return numbers;
}

/** cos(x . weights + offset), times a factor. */
function cosines(
  attributes: EstimatorAttributes,
  factor: (width: number) => number,
  prepare: (value: number) => number,
): EstimatorDefinition {
  const { rows: columns, columns: width, data: weights } = readMatrix(attributes, ["random_weights_"]);
  const offset = readVector(attributes, ["random_offset_"], width);
  const scale = factor(width);
  const prepared = new Float64Array(columns);
  return rowTransformer(
    attributes,
    columns,
    width,
    (row, start, out, at) => {
      for (let column = 0; column < columns; column++) prepared[column] = prepare(row[start + column]!);
      rowTimesMatrix(prepared, 0, weights, width, out, at);
      for (let component = 0; component < width; component++) {
        out[at + component] = Math.cos(out[at + component]! + offset[component]!) * scale;
      }
    },
    "gamma",
  );
}

function readRbfSampler(attributes: EstimatorAttributes): EstimatorDefinition {
  return cosines(
    attributes,
    (width) => Math.sqrt(2 / width),
    (value) => value,
  );
}

/** Values at or below -skewedness have no logarithm, and the result is NaN. */
function readSkewedChi2(attributes: EstimatorAttributes): EstimatorDefinition {
  const skewedness = attributes.number("skewedness");
  return cosines(
    attributes,
    (width) => Math.sqrt(2) / Math.sqrt(width),
    (value) => log(value + skewedness),
  );
}

/** The best intervals for 1, 2 and 3 steps, by the paper that scikit-learn follows. */
const sampleIntervals: ReadonlyMap<number, number> = new Map([
  [1, 0.8],
  [2, 0.5],
  [3, 0.4],
]);

/** Steps of one column: more than scikit-learn knows intervals for, and few enough to fill no memory. */
const stepsMax = 100;

function readAdditiveChi2(attributes: EstimatorAttributes): EstimatorDefinition {
  const steps = attributes.number("sample_steps");
  if (!Number.isInteger(steps) || steps < 1 || steps > stepsMax)
    throw attributes.inconsistent(`sample_steps is ${steps}`);
  const interval = attributes.get("sample_interval_", "sample_interval") ?? sampleIntervals.get(steps);
  if (typeof interval !== "number") throw attributes.inconsistent(`${steps} steps have no sample_interval`);
  const columns = attributes.number("n_features_in_");
  const width = columns * (2 * steps - 1);
  return rowTransformer(
    attributes,
    columns,
    width,
    (row, start, out, at) => {
      for (let column = 0; column < columns; column++) {
        const value = row[start + column]!;
        if (value === 0) {
          for (let to = column; to < width; to += columns) out[at + to] = 0;
          continue;
        }
        out[at + column] = Math.sqrt(value * interval);
        for (let step = 1; step < steps; step++) {
          const factor = Math.sqrt((2 * value * interval) / Math.cosh(Math.PI * step * interval));
          const angle = step * (interval * log(value));
          out[at + (2 * step - 1) * columns + column] = factor * Math.cos(angle);
          out[at + 2 * step * columns + column] = factor * Math.sin(angle);
        }
      }
    },
    "sample_steps",
  );
}
