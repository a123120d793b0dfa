import assert from "node:assert/strict";
import { test } from "node:test";
import { toJson, toList } from "./output.js";

test("nests results as .tolist() does", () => {
  const cube = { shape: [2, 1, 2], data: [1, 2, 3, 4] };

  assert.deepEqual(toList(cube), [[[1, 2]], [[3, 4]]]);
  assert.equal(toJson(cube), "[[[1,2]],[[3,4]]]");
});

test("writes large integers, the shortest floats, strings and bools as JSON; NaN and infinity are null", () => {
  const data = [2n ** 63n, 0.1 + 0.2, -0, 1e21, 'a"b', true, Number.NaN, Number.POSITIVE_INFINITY, null];

  assert.equal(
    toJson({ shape: [data.length], data }),
    '[9223372036854775808,0.30000000000000004,0,1e+21,"a\\"b",true,null,null,null]',
  );
});

test("writes a result without rows as an empty list", () => {
  assert.equal(toJson({ shape: [0, 3], data: [] }), "[]");
});
