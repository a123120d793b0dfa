// Decompositions that solve for a row's coordinates: NMF, topics, sparse components.

import { CellError } from "../../core/cell-error.js";
import type { ModelMethod } from "../../core/create-model.js";
import { type Matrix, matrixOf } from "../../core/matrix.js";
import { numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { exp } from "../../math/exp.js";
import { invert } from "../../math/linear-algebra.js";
import { log } from "../../math/log.js";
import { dot } from "../../math/vectors.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";

const nmf = ["sklearn.decomposition._nmf", "sklearn.decomposition.nmf"];
const sparsePca = ["sklearn.decomposition._sparse_pca", "sklearn.decomposition.sparse_pca"];
const topics = ["sklearn.decomposition._lda", "sklearn.decomposition.online_lda"];

export const factorizationClasses: readonly EstimatorClass[] = [
  { name: "NMF", paths: nmf, read: readNmf },
  { name: "LatentDirichletAllocation", paths: topics, read: readTopics },
  { name: "SparsePCA", paths: sparsePca, read: readSparsePca },
  { name: "MiniBatchSparsePCA", paths: sparsePca, read: readSparsePca },
];

function decomposition(
  attributes: EstimatorAttributes,
  { rows, columns }: FittedMatrix,
  transform: ModelMethod,
): EstimatorDefinition {
  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map([["transform", transform]]),
    parameters: { components: rows },
  };
}

/** Rounds of the solver; each passes over the whole table. */
const roundsMax = 100_000;

function readRounds(attributes: EstimatorAttributes, name: string): number {
  const rounds = attributes.number(name);
  if (!Number.isInteger(rounds) || rounds < 1) throw attributes.inconsistent(`${name} is ${rounds}`);
  if (rounds > roundsMax) throw attributes.unsupported(`${name} is ${rounds}; the maximum is ${roundsMax}`);
  return rounds;
}

function checkNotNegative({ rows, columns, data }: Matrix): void {
  for (let index = 0; index < rows * columns; index++) {
    if (data[index]! >= 0) continue;
    throw new CellError(
      "input-negative",
      Math.floor(index / columns),
      index % columns,
      (where) => `The value at ${where} is ${data[index]}; it must not be negative`,
    );
  }
}

interface Nmf {
  readonly components: FittedMatrix;
  readonly rounds: number;
  readonly tolerance: number;
  readonly l1: number;
  readonly l2: number;
}

function readNmf(attributes: EstimatorAttributes): EstimatorDefinition {
  const components = readMatrix(attributes, ["components_"]);
  if (attributes.get("solver") !== "cd") {
    throw attributes.unsupported("its solver is not coordinate descent", 'Fit NMF(solver="cd"), its default.');
  }
  if (attributes.flag("shuffle"))
    throw attributes.unsupported("it shuffles while it transforms, so its output is not deterministic");
  const { l1, l2 } = readPenalties(attributes, components.columns);
  const fitted = {
    components,
    l1,
    l2,
    rounds: readRounds(attributes, "max_iter"),
    tolerance: attributes.number("tol"),
  };
  return decomposition(attributes, components, {
    output: { kind: "number", columns: components.rows },
    run(table) {
      const matrix = matrixOf(table);
      checkNotNegative(matrix);
      return { shape: [matrix.rows, components.rows], data: solveNmf(fitted, matrix) };
    },
  });
}

/** alpha_W, times the number of columns (1.0 and later); before, alpha. */
function readPenalties(attributes: EstimatorAttributes, columns: number): { readonly l1: number; readonly l2: number } {
  const before = attributes.get("alpha");
  const scaled = before === undefined || before === "deprecated";
  const regularization = attributes.get("regularization") ?? "both";
  const applies = scaled || !["components", "none"].includes(String(regularization));
  const alpha = scaled ? columns * attributes.number("alpha_W") : attributes.number("alpha");
  const ratio = attributes.number("l1_ratio");
  return applies ? { l1: alpha * ratio, l2: alpha * (1 - ratio) } : { l1: 0, l2: 0 };
}

/**
 * Coordinate descent over all rows of the table: it ends when all of them together change little, so rows are not
 * independent.
 */
function solveNmf({ components, rounds, tolerance, l1, l2 }: Nmf, { rows, columns, data }: Matrix): Float64Array {
  const { rows: width, data: weights } = components;
  const square = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      square[i * width + j] = dot(weights, i * columns, weights, j * columns, columns) + (i === j ? l2 : 0);
    }
  }
  const products = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      products[row * width + i] = dot(data, row * columns, weights, i * columns, columns) - l1;
    }
  }
  const out = new Float64Array(rows * width);
  let first = 0;
  for (let round = 0; round < rounds; round++) {
    const violation = descend(out, square, products, rows, width);
    if (round === 0) first = violation;
    if (first === 0 || violation / first <= tolerance) break;
  }
  return out;
}

/** sklearn.decomposition._cdnmf_fast: one pass. @returns how far the gradient was from a stationary point */
function descend(out: Float64Array, square: Float64Array, products: Float64Array, rows: number, width: number): number {
  let violation = 0;
  for (let component = 0; component < width; component++) {
    const curve = square[component * width + component]!;
    for (let row = 0; row < rows; row++) {
      const at = row * width;
      let gradient = -products[at + component]!;
      for (let other = 0; other < width; other++) gradient += square[component * width + other]! * out[at + other]!;
      const value = out[at + component]!;
      violation += Math.abs(value === 0 ? Math.min(0, gradient) : gradient);
      if (curve !== 0) out[at + component] = Math.max(value - gradient / curve, 0);
    }
  }
  return violation;
}

/** Ridge regression of the components on the row less its mean. */
function readSparsePca(attributes: EstimatorAttributes): EstimatorDefinition {
  // Before 0.22 a result could depend on the other rows: each component was divided by its norm over all of them.
  if (!attributes.since(0, 22) && attributes.get("normalize_components") === false) {
    throw attributes.unsupported(
      "it was fitted with normalize_components=False",
      "Fit it again with scikit-learn 0.22 or newer.",
    );
  }
  const components = readMatrix(attributes, ["components_"]);
  const { rows, columns, data } = components;
  const mean = readVector(attributes, ["mean_"], columns);
  const ridge = attributes.number("ridge_alpha");
  const square = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      square[i * rows + j] = dot(data, i * columns, data, j * columns, columns) + (i === j ? ridge : 0);
    }
  }
  const inverse = invert(square, rows);
  if (!inverse) throw attributes.inconsistent("its components are not independent");
  const centered = new Float64Array(columns);
  const products = new Float64Array(rows);
  const transform = numbersForRow(rows, (row, start, out, at) => {
    for (let column = 0; column < columns; column++) centered[column] = row[start + column]! - mean[column]!;
    for (let i = 0; i < rows; i++) products[i] = dot(centered, 0, data, i * columns, columns);
    for (let i = 0; i < rows; i++) out[at + i] = dot(products, 0, inverse, i * rows, rows);
  });
  return decomposition(attributes, components, transform);
}

/** float64's epsilon keeps a word's probability above zero. */
const epsilon = 2 ** -52;

/** The distribution of topics in a document's counts of words, by variational inference. */
function readTopics(attributes: EstimatorAttributes): EstimatorDefinition {
  const words = readMatrix(attributes, ["exp_dirichlet_component_"]);
  const { rows: width, columns } = words;
  const prior = attributes.number("doc_topic_prior_");
  const rounds = readRounds(attributes, "max_doc_update_iter");
  const tolerance = attributes.number("mean_change_tol");
  const infer = inference(words, prior, rounds, tolerance);
  return decomposition(attributes, words, {
    output: { kind: "number", columns: width },
    run(table) {
      const matrix = matrixOf(table);
      checkNotNegative(matrix);
      const out = new Float64Array(matrix.rows * width);
      for (let row = 0; row < matrix.rows; row++) {
        infer(matrix.data, row * columns, out, row * width);
        const sum = pairwiseSum(out, row * width, width);
        for (let at = row * width; at < (row + 1) * width; at++) out[at] = out[at]! / sum;
      }
      return { shape: [matrix.rows, width], data: out };
    },
  });
}

function inference(
  { rows: width, columns, data: words }: FittedMatrix,
  prior: number,
  rounds: number,
  tolerance: number,
) {
  const start = exp(psi(1) - psi(width));
  const weights = new Float64Array(width);
  const ratios = new Float64Array(columns);
  return function inferTopics(counts: Float64Array, from: number, out: Float64Array, at: number): void {
    out.fill(1, at, at + width);
    weights.fill(start);
    for (let round = 0; round < rounds; round++) {
      for (let word = 0; word < columns; word++) {
        if (counts[from + word] === 0) continue;
        let sum = 0;
        for (let topic = 0; topic < width; topic++) sum += weights[topic]! * words[topic * columns + word]!;
        ratios[word] = counts[from + word]! / (sum + epsilon);
      }
      let total = 0;
      let change = 0;
      for (let topic = 0; topic < width; topic++) {
        let sum = 0;
        for (let word = 0; word < columns; word++) {
          if (counts[from + word] !== 0) sum += ratios[word]! * words[topic * columns + word]!;
        }
        const value = weights[topic]! * sum + prior;
        change += Math.abs(out[at + topic]! - value);
        out[at + topic] = value;
        total += value;
      }
      const psiTotal = psi(total);
      for (let topic = 0; topic < width; topic++) weights[topic] = exp(psi(out[at + topic]!) - psiTotal);
      if (change / width < tolerance) break;
    }
  };
}

/** The digamma function with the error of scikit-learn's own (Bernardo's algorithm AS 103 of 1976). */
function psi(argument: number): number {
  if (argument <= 1e-6) return -0.5772156649015329 - 1 / argument;
  let x = argument;
  let result = 0;
  for (; x < 6; x++) result -= 1 / x;
  let r = 1 / x;
  result += log(x) - 0.5 * r;
  r *= r;
  return result - r * (1 / 12 - r * (1 / 120 - r * (1 / 252)));
}
