// The WebAssembly of batches against the plain loops of single rows: equal to the last bit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exp } from "../math/exp.js";
import { tableBytes, vectorKernels } from "../wasm/vector-kernels.js";
import { batchDecisions } from "./batch.js";
import { decisions, type FittedSvm } from "./decisions.js";
import type { KernelName } from "./kernel.js";

const columns = 7;
const rows = 21;
/** The second class has no vectors. */
const vectorsOfClass = Int32Array.of(5, 0, 3, 9);
const count = 17;

function machineOf(name: KernelName, classes: Int32Array): FittedSvm {
  return {
    kernel: { name, gamma: 0.37, coef0: 0.1, degree: 3 },
    vectors: { kind: "dense", rows: count, columns, data: wave(count * columns, 1.7) },
    coefficients: wave(count * Math.max(1, classes.length - 1), 0.9),
    intercepts: wave(Math.max(1, (classes.length * (classes.length - 1)) / 2), 2.3),
    vectorsOfClass: classes,
  };
}

/** Numbers of both signs with all their bits in use. */
function wave(length: number, step: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => Math.sin(index * step + 0.3) * 1.9);
}

for (const name of ["linear", "poly", "rbf", "sigmoid"] as const) {
  for (const [what, classes] of [
    ["pairs of classes", vectorsOfClass],
    ["one number", new Int32Array()],
  ] as const) {
    test(`a batch of ${name} decides ${what} as its rows do, to the last bit`, () => {
      const svm = machineOf(name, classes);
      const data = wave(rows * columns, 0.61);
      const each: number[] = [];
      const decide = decisions(svm);
      for (let row = 0; row < rows; row++) {
        const own = data.subarray(row * columns, (row + 1) * columns);
        each.push(...decide({ kind: "matrix", rows: 1, columns, data: own }).data);
      }

      const together = decide({ kind: "matrix", rows, columns, data });

      assert.deepEqual(Array.from(together.data), each);
      assert.equal(together.data.length, rows * svm.intercepts.length);
    });
  }
}

test("a svm of sparse vectors or of more than the memory's limit is not decided in batches", () => {
  const svm = machineOf("rbf", new Int32Array());
  const none = { indices: new Int32Array(), indptr: Int32Array.of(0), data: new Float64Array() };
  const sparse = { kind: "sparse", columns, rows: 0, ...none } as const;
  const wide = { kind: "dense", rows: 1, columns: 2 ** 26, data: new Float64Array() } as const;

  assert.equal(batchDecisions({ ...svm, vectors: sparse }, []), undefined);
  assert.equal(batchDecisions({ ...svm, vectors: wide }, []), undefined);
});

test("e^x of two numbers at once is exp of each, to the last bit", (t) => {
  const edges = [0, -0, 1, 708.9, 709, 709.7, 709.8, 1e308, Number.POSITIVE_INFINITY, Number.NaN, 1e-300, 2 ** -53];
  const random = Array.from({ length: 400_000 }, (_, index) => (((index * 2654435761) % 2 ** 32) / 2 ** 32) * 720);
  const x = Float64Array.from([...edges, ...random, ...[...edges, ...random].map((value) => -value * 1.0000001)]);
  const { kernels, memory } = vectorKernels(8 * x.length);
  const values = new Float64Array(memory.buffer, tableBytes, x.length);
  values.set(x);

  kernels.exponentials(tableBytes, tableBytes + 8 * x.length, 1);

  const wrong = x.filter((value, index) => !Object.is(values[index], exp(value)));
  assert.deepEqual(Array.from(wrong), []);
  t.diagnostic(`${x.length} powers are equal to the last bit`);
});
