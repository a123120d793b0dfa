// sklearn.metrics.pairwise: kernels of a row with each of some fixed points.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { FittedMatrix } from "../../estimator/fitted-matrix.js";
import { exp } from "../../math/exp.js";
import { tanh } from "../../math/expm1.js";
import { pow } from "../../math/pow.js";
import { dot, squaredNorms } from "../../math/vectors.js";
import { printable } from "../../pickle/text.js";
import { kindOf, type Value } from "../../pickle/values.js";

interface KernelParameters {
  /** 1 / columns where it is absent, and 1 for chi2. */
  readonly gamma?: number;
  readonly degree?: number;
  readonly coef0?: number;
}

/** Writes the kernel's value for the row and each point. */
type KernelRow = (row: Float64Array, start: number, out: Float64Array, outStart: number) => void;

type MakeKernel = (points: FittedMatrix, parameters: Required<KernelParameters>) => KernelRow;

/** A kernel of the product of row and point. */
function ofProduct(value: (product: number, parameters: Required<KernelParameters>) => number): MakeKernel {
  return ({ rows, columns, data }, parameters) =>
    (row, start, out, outStart) => {
      for (let point = 0; point < rows; point++) {
        out[outStart + point] = value(dot(row, start, data, point * columns, columns), parameters);
      }
    };
}

/** A kernel of a sum over columns. */
function ofSum(
  term: (x: number, y: number) => number,
  value: (sum: number, parameters: Required<KernelParameters>) => number,
): MakeKernel {
  return ({ rows, columns, data }, parameters) =>
    (row, start, out, outStart) => {
      for (let point = 0; point < rows; point++) {
        let sum = 0;
        for (let column = 0; column < columns; column++) {
          sum += term(row[start + column]!, data[point * columns + column]!);
        }
        out[outStart + point] = value(sum, parameters);
      }
    };
}

const rbf: MakeKernel = ({ rows, columns, data }, { gamma }) => {
  const squares = squaredNorms(data, rows, columns);
  return (row, start, out, outStart) => {
    const own = dot(row, start, row, start, columns);
    for (let point = 0; point < rows; point++) {
      const distance = -2 * dot(row, start, data, point * columns, columns) + own + squares[point]!;
      out[outStart + point] = exp(-gamma * Math.max(distance, 0));
    }
  };
};

/** The product of row and point at length 1; a row of zeros stays. */
const cosine: MakeKernel = ({ rows, columns, data }, parameters) => {
  const norms = squaredNorms(data, rows, columns).map((square) => Math.sqrt(square) || 1);
  const unitPoints = data.map((value, index) => value / norms[Math.floor(index / columns)]!);
  const unit = new Float64Array(columns);
  const linear = ofProduct((product) => product)({ rows, columns, data: unitPoints }, parameters);
  return (row, start, out, outStart) => {
    const norm = Math.sqrt(dot(row, start, row, start, columns)) || 1;
    for (let column = 0; column < columns; column++) unit[column] = row[start + column]! / norm;
    linear(unit, 0, out, outStart);
  };
};

const chiSquare = (x: number, y: number) => (x + y === 0 ? 0 : (x - y) ** 2 / (x + y));

const kernels: ReadonlyMap<string, MakeKernel> = new Map([
  ["linear", ofProduct((product) => product)],
  ["poly", ofProduct((product, { gamma, coef0, degree }) => pow(product * gamma + coef0, degree))],
  ["polynomial", ofProduct((product, { gamma, coef0, degree }) => pow(product * gamma + coef0, degree))],
  ["sigmoid", ofProduct((product, { gamma, coef0 }) => tanh(product * gamma + coef0))],
  ["rbf", rbf],
  ["cosine", cosine],
  [
    "laplacian",
    ofSum(
      (x, y) => Math.abs(x - y),
      (sum, { gamma }) => exp(-gamma * sum),
    ),
  ],
  ["chi2", ofSum(chiSquare, (sum, { gamma }) => exp(-gamma * sum))],
  ["additive_chi2", ofSum(chiSquare, (sum) => -sum)],
]);

/** @throws ModelError "estimator-unsupported" for a function, a precomputed kernel, or an unknown name */
export function kernelOf(
  attributes: EstimatorAttributes,
  name: Value | undefined,
  points: FittedMatrix,
  { gamma, degree = 3, coef0 = 1 }: KernelParameters,
): KernelRow {
  const make = typeof name === "string" ? kernels.get(name) : undefined;
  if (!make) {
    const shown = typeof name === "string" ? `"${printable(name, 30)}"` : kindOf(name);
    throw attributes.unsupported(
      `the kernel ${shown} is not supported`,
      `Supported kernels: ${[...kernels.keys()].join(", ")}.`,
    );
  }
  return make(points, { gamma: gamma ?? (name === "chi2" ? 1 : 1 / points.columns), degree, coef0 });
}

/** The kernel's parameters that are not None. `gammaNames`: where gamma may be, the first name first. */
export function readKernelParameters(
  attributes: EstimatorAttributes,
  gammaNames: readonly string[] = ["gamma"],
): KernelParameters {
  const optional = (...names: readonly string[]) =>
    attributes.get(...names) === undefined ? undefined : attributes.number(...names);
  const [gamma, degree, coef0] = [optional(...gammaNames), optional("degree"), optional("coef0")];
  return {
    ...(gamma !== undefined && { gamma }),
    ...(degree !== undefined && { degree }),
    ...(coef0 !== undefined && { coef0 }),
  };
}
