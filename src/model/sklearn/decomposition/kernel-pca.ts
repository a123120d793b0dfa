import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { rowTransformer } from "../../estimator/row-transformer.js";
import { rowTimesMatrix } from "../../math/vectors.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Instance } from "../../pickle/values.js";
import { kernelOf, readKernelParameters } from "../metrics/index.js";

export const kernelPcaClass: EstimatorClass = {
  name: "KernelPCA",
  paths: ["sklearn.decomposition._kernel_pca", "sklearn.decomposition.kernel_pca"],
  read: readKernelPca,
};

function readKernelPca(attributes: EstimatorAttributes): EstimatorDefinition {
  const points = readMatrix(attributes, ["X_fit_"]);
  const name = attributes.get("kernel");
  const kernel =
    name === "precomputed"
      ? copyRow(points.rows)
      : kernelOf(attributes, name, points, readKernelParameters(attributes, ["gamma_", "gamma"]));
  if (name === "precomputed" && points.columns !== points.rows)
    throw attributes.inconsistent(`its kernel of the training rows has the shape (${points.rows}, ${points.columns})`);
  const values = readVector(attributes, ["eigenvalues_", "lambdas_"]);
  const width = values.length;
  const vectors = readMatrix(attributes, ["eigenvectors_", "alphas_"], { rows: points.rows, columns: width });
  const scaled = vectors.data.map((value, index) => {
    const eigenvalue = values[index % width]!;
    return eigenvalue === 0 ? 0 : value / Math.sqrt(eigenvalue);
  });
  const { rowMeans, mean } = readCenter(attributes, points.rows);
  const similar = new Float64Array(points.rows);
  return rowTransformer(
    attributes,
    points.columns,
    width,
    (row, start, out, at) => {
      kernel(row, start, similar, 0);
      const own = pairwiseSum(similar, 0, points.rows) / points.rows;
      for (let point = 0; point < points.rows; point++) {
        similar[point] = similar[point]! - rowMeans[point]! - own + mean;
      }
      rowTimesMatrix(similar, 0, scaled, width, out, at);
    },
    "kernel",
  );
}

/** The row holds the kernel's values with every training row already. */
function copyRow(length: number) {
  return (row: Float64Array, start: number, out: Float64Array, at: number): void =>
    out.set(row.subarray(start, start + length), at);
}

/** What centers a kernel: the means of its rows and of all of it, in training. */
function readCenter(
  attributes: EstimatorAttributes,
  rows: number,
): { readonly rowMeans: Float64Array; readonly mean: number } {
  const centerer = attributes.get("_centerer");
  if (!(centerer instanceof Instance)) throw attributes.expected("a KernelCenterer", ["_centerer"], centerer);
  const part = new EstimatorAttributes(centerer, `${attributes.type}'s KernelCenterer`);
  return { rowMeans: readVector(part, ["K_fit_rows_"], rows), mean: part.number("K_fit_all_") };
}
