import assert from "node:assert/strict";
import { test } from "node:test";
import { pooledRandom } from "./random.js";

/** Hands out 0, 1, 2, ... and counts how often it is asked. */
function counting() {
  let next = 0;
  const asked: number[] = [];
  const fill = (bytes: number) => {
    asked.push(bytes);
    return Uint8Array.from({ length: bytes }, () => next++ % 251);
  };
  return { asked, fill };
}

test("bytes are handed out once, in order, and the system is asked rarely", () => {
  const { asked, fill } = counting();
  const random = pooledRandom(fill);

  const drawn = Array.from({ length: 500 }, () => [...random(16)]).flat();

  assert.deepEqual(
    drawn,
    Array.from({ length: 8000 }, (_, index) => index % 251),
  );
  assert.deepEqual(asked, [8192]);
  assert.equal(random(200).length, 200);
  assert.deepEqual(asked, [8192, 8192]);
});

test("more bytes than the pool holds are asked for by themselves", () => {
  const { asked, fill } = counting();

  assert.equal(pooledRandom(fill)(10_000).length, 10_000);
  assert.deepEqual(asked, [10_000]);
});
