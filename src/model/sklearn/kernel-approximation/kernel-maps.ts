// Maps by kernels: how alike a row is to fixed points, projected; and random features whose products approximate a kernel.

import { State } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { rowTransformer } from "../../estimator/row-transformer.js";
import { log } from "../../math/log.js";
import { dot } from "../../math/vectors.js";
import { type GlobalRow, instance } from "../../pickle/allow-list.js";
import { Dict, Instance } from "../../pickle/values.js";
import { kernelOf } from "../metrics/kernel-functions.js";

const approximation = "sklearn.kernel_approximation";
const kernelPca = ["sklearn.decomposition._kernel_pca", "sklearn.decomposition.kernel_pca"];

export const kernelMapClasses: readonly EstimatorClass[] = [
  { name: "KernelPCA", module: "sklearn.decomposition", paths: kernelPca, read: readKernelPca },
  { name: "Nystroem", module: approximation, paths: [approximation], read: readNystroem },
  { name: "RBFSampler", module: approximation, paths: [approximation], read: readRbfSampler },
  { name: "SkewedChi2Sampler", module: approximation, paths: [approximation], read: readSkewedChi2 },
  { name: "AdditiveChi2Sampler", module: approximation, paths: [approximation], read: readAdditiveChi2 },
];

/** KernelPCA holds one. */
export const kernelMapParts: readonly GlobalRow[] = [
  {
    modules: ["sklearn.preprocessing._data", "sklearn.preprocessing.data"],
    name: "KernelCenterer",
    call: instance,
  },
];

/** A parameter that may be None. */
function optional(state: State, name: string, ...names: readonly string[]): Record<string, number> {
  return state.get(name, ...names) === undefined ? {} : { [names.at(-1) ?? name]: state.number(name, ...names) };
}

function readKernelPca(state: State): Estimator {
  const points = readMatrix(state, ["X_fit_"]);
  const kernel = kernelOf(state, state.get("kernel"), points, {
    ...optional(state, "gamma_", "gamma"),
    ...optional(state, "degree"),
    ...optional(state, "coef0"),
  });
  const values = readVector(state, ["eigenvalues_", "lambdas_"]);
  const width = values.length;
  const vectors = readMatrix(state, ["eigenvectors_", "alphas_"], { rows: points.rows, columns: width });
  const scaled = vectors.data.map((value, index) => {
    const eigenvalue = values[index % width]!;
    return eigenvalue === 0 ? 0 : value / Math.sqrt(eigenvalue);
  });
  const { rowMeans, mean } = readCentre(state, points.rows);
  const similar = new Float64Array(points.rows);
  return rowTransformer(
    state,
    points.columns,
    width,
    (row, start, out, at) => {
      kernel(row, start, similar, 0);
      let sum = 0;
      for (const value of similar) sum += value;
      const own = sum / points.rows;
      for (let point = 0; point < points.rows; point++) {
        similar[point] = similar[point]! - rowMeans[point]! - own + mean;
      }
      project(similar, 0, scaled, width, out, at);
    },
    "kernel",
  );
}

/** What centres a kernel: the means of its rows and of all of it, in training. */
function readCentre(state: State, rows: number): { readonly rowMeans: Float64Array; readonly mean: number } {
  const centerer = state.get("_centerer");
  if (!(centerer instanceof Instance)) throw state.expected("a KernelCenterer", ["_centerer"], centerer);
  const part = new State(centerer, `${state.type}'s KernelCenterer`);
  return { rowMeans: readVector(part, ["K_fit_rows_"], rows), mean: part.number("K_fit_all_") };
}

/** out = row . weights, a matrix of `width` columns. */
function project(
  row: Float64Array,
  start: number,
  weights: Float64Array,
  width: number,
  out: Float64Array,
  at: number,
): void {
  const length = weights.length / width;
  for (let component = 0; component < width; component++) {
    let sum = 0;
    for (let index = 0; index < length; index++) sum += row[start + index]! * weights[index * width + component]!;
    out[at + component] = sum;
  }
}

function readNystroem(state: State): Estimator {
  const points = readMatrix(state, ["components_"]);
  const { rows, columns } = points;
  const normalization = readMatrix(state, ["normalization_"], { rows, columns: rows });
  const more = state.get("kernel_params");
  const given = more instanceof Dict ? Object.fromEntries(more.entries) : {};
  const kernel = kernelOf(state, state.get("kernel"), points, {
    ...numbersOf(given),
    ...optional(state, "gamma"),
    ...optional(state, "degree"),
    ...optional(state, "coef0"),
  });
  const similar = new Float64Array(rows);
  return rowTransformer(
    state,
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
function cosines(state: State, factor: (width: number) => number, prepare: (value: number) => number): Estimator {
  const { rows: columns, columns: width, data: weights } = readMatrix(state, ["random_weights_"]);
  const offset = readVector(state, ["random_offset_"], width);
  const scale = factor(width);
  const prepared = new Float64Array(columns);
  return rowTransformer(
    state,
    columns,
    width,
    (row, start, out, at) => {
      for (let column = 0; column < columns; column++) prepared[column] = prepare(row[start + column]!);
      project(prepared, 0, weights, width, out, at);
      for (let component = 0; component < width; component++) {
        out[at + component] = Math.cos(out[at + component]! + offset[component]!) * scale;
      }
    },
    "gamma",
  );
}

function readRbfSampler(state: State): Estimator {
  return cosines(
    state,
    (width) => Math.sqrt(2 / width),
    (value) => value,
  );
}

/** Values at or below -skewedness have no logarithm, and answer NaN. */
function readSkewedChi2(state: State): Estimator {
  const skewedness = state.number("skewedness");
  return cosines(
    state,
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

function readAdditiveChi2(state: State): Estimator {
  const steps = state.number("sample_steps");
  if (!Number.isInteger(steps) || steps < 1 || steps > stepsMax) throw state.inconsistent(`sample_steps is ${steps}`);
  const interval = state.get("sample_interval_", "sample_interval") ?? sampleIntervals.get(steps);
  if (typeof interval !== "number") throw state.inconsistent(`${steps} steps have no sample_interval`);
  const columns = state.number("n_features_in_");
  const width = columns * (2 * steps - 1);
  return rowTransformer(
    state,
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
