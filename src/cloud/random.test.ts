import assert from "node:assert/strict";
import { test } from "node:test";
import { pooledRandom } from "./random.js";

/** Returns 0, 1, 2, ... and records the size of every call. */
function counting() {
  let next = 0;
  const calls: number[] = [];
  const fill = (bytes: number) => {
    calls.push(bytes);
    return Uint8Array.from({ length: bytes }, () => next++ % 251);
  };
  return { calls, fill };
}

test("returns every byte once, in order, with few calls of the generator", () => {
  const { calls, fill } = counting();
  const random = pooledRandom(fill);

  const drawn = Array.from({ length: 500 }, () => [...random(16)]).flat();

  assert.deepEqual(
    drawn,
    Array.from({ length: 8000 }, (_, index) => index % 251),
  );
  assert.deepEqual(calls, [8192]);
  assert.equal(random(200).length, 200);
  assert.deepEqual(calls, [8192, 8192]);
});

test("requests more bytes than the pool holds directly", () => {
  const { calls, fill } = counting();

  assert.equal(pooledRandom(fill)(10_000).length, 10_000);
  assert.deepEqual(calls, [10_000]);
});
