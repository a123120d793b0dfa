import assert from "node:assert/strict";
import { test } from "node:test";
import { DType } from "../numpy/dtype.js";
import { NdArray } from "../numpy/ndarray.js";
import { Tuple } from "../pickle/values.js";
import { labelsIn, namesIn } from "./plain-values.js";

const objects = (...items: ConstructorParameters<typeof Tuple>[0]) =>
  NdArray.of(new DType("O8"), [items.length], false, items);

test("reads names and labels of an array of objects", () => {
  assert.deepEqual(namesIn(objects("a", "b")), ["a", "b"]);
  assert.deepEqual(labelsIn(objects("a", 1, null)), ["a", 1, null]);
});

test("an array of other objects is neither names nor labels", () => {
  const pairs = objects("a", new Tuple(["b", 1]));

  assert.equal(namesIn(pairs), undefined);
  assert.equal(labelsIn(pairs), undefined);
});
