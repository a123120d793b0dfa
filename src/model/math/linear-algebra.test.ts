import assert from "node:assert/strict";
import { test } from "node:test";
import { invert, logDeterminant, solvePositiveDefinite } from "./linear-algebra.js";

test("the product of a matrix and its inverse is the identity", () => {
  const matrix = Float64Array.of(0, 2, 1, 1, 0, 3, 4, 1, 0);
  const inverse = invert(matrix, 3)!;
  const product = Array.from({ length: 9 }, (_, at) => {
    const [row, column] = [Math.floor(at / 3), at % 3];
    return [0, 1, 2].reduce((sum, k) => sum + matrix[row * 3 + k]! * inverse[k * 3 + column]!, 0);
  });

  for (const [at, value] of product.entries()) assert.ok(Math.abs(value - (at % 4 === 0 ? 1 : 0)) < 1e-15);
});

test("a singular matrix has no inverse", () => {
  assert.equal(invert(Float64Array.of(1, 2, 2, 4), 2), undefined);
});

test("returns the logarithm of a determinant, and -Infinity for one that is not positive", () => {
  assert.ok(Math.abs(logDeterminant(Float64Array.of(0, 2, 1, 1, 0, 3, 4, 1, 0), 3) - Math.log(25)) < 1e-15);
  assert.equal(logDeterminant(Float64Array.of(0, 1, 1, 0), 2), Number.NEGATIVE_INFINITY);
});

test("solves a positive definite system, and finds one that is not", () => {
  const b = Float64Array.of(6, 5);

  assert.ok(solvePositiveDefinite(Float64Array.of(4, 2, 2, 3), 2, b));
  assert.ok(b.every((value) => Math.abs(value - 1) < 1e-15));
  assert.ok(!solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), 2, Float64Array.of(1, 1)));
});
