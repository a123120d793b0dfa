// PolynomialCountSketch: features whose products approximate a polynomial kernel.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix } from "../../estimator/fitted-matrix.js";
import { rowTransformer } from "../../estimator/row-transformer.js";

export const countSketchClass: EstimatorClass = {
  name: "PolynomialCountSketch",
  paths: ["sklearn.kernel_approximation"],
  read: readCountSketch,
};

/** Components of the result, of which each row of a request has a list: scikit-learn's default is 100. */
const componentsMax = 1 << 16;

/** Multiplications for one row: some seconds of processor time. */
const productsMax = 1 << 30;

/**
 * The circular convolution of `degree` count sketches of the row. scikit-learn computes it by Fourier transforms, so
 * that its results differ by rounding: up to 1e-15 of the largest component.
 */
function readCountSketch(attributes: EstimatorAttributes): EstimatorDefinition {
  const width = attributes.number("n_components");
  if (!Number.isInteger(width) || width < 1 || width > componentsMax)
    throw attributes.inconsistent(`n_components is ${width}`);
  const hashes = readMatrix(attributes, ["indexHash_"]);
  const signs = readMatrix(attributes, ["bitHash_"], hashes);
  const { rows: degree, columns: hashed } = hashes;
  if (!hashes.data.every((index) => Number.isInteger(index) && index >= 0 && index < width))
    throw attributes.inconsistent(`indexHash_ names a component that is not one of ${width}`);
  if (degree * width * Math.min(width, hashed) > productsMax) {
    throw attributes.unsupported(
      `${width} components of ${hashed} features and degree ${degree} take more than ${productsMax} multiplications for each row`,
    );
  }
  const coef0 = attributes.number("coef0");
  const constant = coef0 === 0 ? undefined : Math.sqrt(coef0);
  const scale = Math.sqrt(attributes.number("gamma"));
  const columns = constant === undefined ? hashed : hashed - 1;
  const values = new Float64Array(hashed);
  if (constant !== undefined) values[columns] = constant;
  let product = new Float64Array(width);
  let next = new Float64Array(width);
  return rowTransformer(
    attributes,
    columns,
    width,
    (row, start, out, at) => {
      for (let column = 0; column < columns; column++) values[column] = scale * row[start + column]!;
      product.fill(0);
      for (let order = 0; order < degree; order++) {
        const sketch = sketchOf(values, order * hashed, hashes, signs);
        if (order === 0) for (const [index, value] of sketch) product[index] = value;
        else {
          convolve(product, sketch, next);
          [product, next] = [next, product];
        }
      }
      out.set(product, at);
    },
    "degree",
    "gamma",
    "coef0",
  );
}

/** The components that are not zero: each feature adds to the one that its hash names. */
function sketchOf(
  values: Float64Array,
  from: number,
  hashes: FittedMatrix,
  signs: FittedMatrix,
): ReadonlyMap<number, number> {
  const sketch = new Map<number, number>();
  for (const [column, value] of values.entries()) {
    const index = hashes.data[from + column]!;
    sketch.set(index, (sketch.get(index) ?? 0) + signs.data[from + column]! * value);
  }
  return sketch;
}

function convolve(a: Float64Array, b: ReadonlyMap<number, number>, out: Float64Array): void {
  const width = a.length;
  out.fill(0);
  for (const [shift, factor] of b) {
    if (factor === 0) continue;
    for (let index = 0; index < width; index++) {
      const to = index + shift < width ? index + shift : index + shift - width;
      out[to] = out[to]! + a[index]! * factor;
    }
  }
}
