// Dictionary learning: a row as a sum of few atoms of a dictionary.

import { numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { dot } from "../../math/vectors.js";
import { printable } from "../../pickle/text.js";
import { kindOf } from "../../pickle/values.js";

const paths = ["sklearn.decomposition._dict_learning", "sklearn.decomposition.dict_learning"];

export const sparseCodeClasses: readonly EstimatorClass[] = [
  { name: "DictionaryLearning", paths, read: (attributes) => readCoder(attributes, ["components_"]) },
  { name: "MiniBatchDictionaryLearning", paths, read: (attributes) => readCoder(attributes, ["components_"]) },
  { name: "SparseCoder", paths, read: (attributes) => readCoder(attributes, ["dictionary", "components_"]) },
];

/** Fills `code` from the row's product with each atom. */
type Encode = (products: Float64Array, code: Float64Array) => void;

function readCoder(attributes: EstimatorAttributes, names: readonly string[]): EstimatorDefinition {
  const dictionary = readMatrix(attributes, names);
  const { rows, columns, data } = dictionary;
  const encode = readEncoder(attributes, dictionary);
  const splits = attributes.flag("split_sign");
  const width = splits ? 2 * rows : rows;
  const products = new Float64Array(rows);
  const code = new Float64Array(rows);
  const transform = numbersForRow(width, (row, start, out, at) => {
    for (let atom = 0; atom < rows; atom++) products[atom] = dot(row, start, data, atom * columns, columns);
    encode(products, code);
    for (let atom = 0; atom < rows; atom++) {
      const value = code[atom]!;
      out[at + atom] = splits ? Math.max(value, 0) : value;
      if (splits) out[at + rows + atom] = -Math.min(value, 0);
    }
  });
  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map([["transform", transform]]),
    parameters: { ...attributes.parameters("transform_algorithm"), components: rows },
  };
}

function readEncoder(attributes: EstimatorAttributes, dictionary: FittedMatrix): Encode {
  const algorithm = attributes.get("transform_algorithm");
  if (algorithm === "threshold") return threshold(readAlpha(attributes), attributes.flag("positive_code"));
  if (algorithm === "omp") return orthogonalMatchingPursuit(dictionary, readAtoms(attributes, dictionary));
  const shown = typeof algorithm === "string" ? `"${printable(algorithm, 30)}"` : kindOf(algorithm);
  throw attributes.unsupported(
    `transform_algorithm ${shown} is not supported: it would be fitted again for each row`,
    'Algorithms that are read: "omp", "threshold".',
  );
}

function readAlpha(attributes: EstimatorAttributes): number {
  if (attributes.get("transform_alpha") !== undefined) return attributes.number("transform_alpha");
  // alpha of the fit serves since 1.0.
  return attributes.since(1, 0) && attributes.get("alpha") !== undefined ? attributes.number("alpha") : 1;
}

/** Atoms of one row: the coefficients of those chosen so far are solved for at each step. */
const atomsMax = 1_000;

function readAtoms(attributes: EstimatorAttributes, { rows, columns }: FittedMatrix): number {
  const given = attributes.get("transform_n_nonzero_coefs");
  const atoms =
    given === undefined ? Math.min(Math.max(columns / 10, 1), rows) : attributes.number("transform_n_nonzero_coefs");
  if (!(atoms >= 1 && atoms <= rows)) throw attributes.inconsistent(`it uses ${atoms} of ${rows} atoms`);
  if (atoms > atomsMax) throw attributes.unsupported(`it uses ${atoms} atoms; the maximum is ${atomsMax}`);
  return Math.floor(atoms);
}

function threshold(alpha: number, positive: boolean): Encode {
  return (products, code) => {
    for (const [atom, product] of products.entries()) {
      const value = Math.sign(product) * Math.max(Math.abs(product) - alpha, 0);
      code[atom] = positive ? Math.max(value, 0) : value;
    }
  };
}

/** Below it scikit-learn ends the pursuit. */
const smallest = 2 ** -52;

/**
 * sklearn.linear_model._omp._gram_omp: the atom nearest to what is left, again and again, by a growing Cholesky factor.
 */
function orthogonalMatchingPursuit({ rows, columns, data }: FittedMatrix, atoms: number): Encode {
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) gram[i * rows + j] = dot(data, i * columns, data, j * columns, columns);
  }
  const factor = new Float64Array(atoms * atoms);
  const order = new Int32Array(rows);
  const left = new Float64Array(rows);
  const weights = new Float64Array(atoms);
  return (products, code) => {
    for (let atom = 0; atom < rows; atom++) order[atom] = atom;
    left.set(products);
    code.fill(0);
    let active = 0;
    while (active < atoms) {
      const best = largest(left);
      if (best < active || left[best]! ** 2 < smallest) break;
      if (!grow(factor, atoms, gram, rows, order, best, active)) break;
      const chosen = order[best]!;
      order[best] = order[active]!;
      order[active++] = chosen;
      solve(factor, atoms, products, order, active, weights);
      for (let at = 0; at < rows; at++) {
        let sum = 0;
        for (let k = 0; k < active; k++) sum += gram[order[at]! * rows + order[k]!]! * weights[k]!;
        left[at] = products[order[at]!]! - sum;
      }
    }
    for (let k = 0; k < active; k++) code[order[k]!] = weights[k]!;
  };
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++)
    if (Math.abs(values[index]!) > Math.abs(values[best]!)) best = index;
  return best;
}

/** Adds a row to the Cholesky factor; false where the atom depends on those chosen before. */
function grow(
  factor: Float64Array,
  width: number,
  gram: Float64Array,
  rows: number,
  order: Int32Array,
  best: number,
  active: number,
): boolean {
  const atom = order[best]!;
  let square = 0;
  for (let i = 0; i < active; i++) {
    let value = gram[atom * rows + order[i]!]!;
    for (let k = 0; k < i; k++) value -= factor[i * width + k]! * factor[active * width + k]!;
    value /= factor[i * width + i]!;
    factor[active * width + i] = value;
    square += value * value;
  }
  const rest = gram[atom * rows + atom]! - square;
  if (active > 0 && rest <= smallest) return false;
  factor[active * width + active] = Math.sqrt(rest);
  return true;
}

/** Solves L L' w = the products of the chosen atoms. */
function solve(
  factor: Float64Array,
  width: number,
  products: Float64Array,
  order: Int32Array,
  active: number,
  weights: Float64Array,
): void {
  for (let i = 0; i < active; i++) {
    let value = products[order[i]!]!;
    for (let k = 0; k < i; k++) value -= factor[i * width + k]! * weights[k]!;
    weights[i] = value / factor[i * width + i]!;
  }
  for (let i = active - 1; i >= 0; i--) {
    let value = weights[i]!;
    for (let k = i + 1; k < active; k++) value -= factor[k * width + i]! * weights[k]!;
    weights[i] = value / factor[i * width + i]!;
  }
}
