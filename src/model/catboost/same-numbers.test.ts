// Every fixture that CatBoost wrote, read back and called with the same rows.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { type MethodName, type Model, type Nested, readModel, readTable, type Scalar, toList } from "../index.js";

interface Expected {
  readonly input: readonly (readonly Scalar[])[];
  /** By file, the outputs of its methods. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, Nested>>>>;
}

const root = projectPath("src/model/catboost/fixtures");
const counts = { numbers: 0, unequal: 0, largest: 0 };
/** CatBoost calls log of the C library, which is off by one in the last place now and then. */
const relativeMax = 4.5e-16;
/** The linear models beside CatBoost in these sum in another order. */
const mixed: Readonly<Record<string, number>> = { "stacking.joblib": 1e-14, "voting.pkl": 1e-15 };

for (const version of readdirSync(root).filter((name) => /^\d/.test(name))) {
  for (const name of readdirSync(`${root}/${version}`).filter((file) => file.endsWith(".expected.json"))) {
    const { input, outputs } = JSON.parse(readFileSync(`${root}/${version}/${name}`, "utf8")) as Expected;
    for (const [file, expected] of Object.entries(outputs)) {
      test(`predicts as CatBoost ${version}: ${file}`, async () => {
        const model = await readModel(bytesOf(`${version}/${file}`));
        for (const [method, nested] of Object.entries(expected)) {
          await compare(model, method as MethodName, nested, input, mixed[file] ?? relativeMax);
        }
      });
    }
  }
}

test("prints how many numbers are equal", (t) => {
  const { numbers, unequal, largest } = counts;
  t.diagnostic(
    `${numbers - unequal} of ${numbers} numbers and labels equal to the last bit; largest relative difference ${largest}`,
  );
  // As many as on 28 November 2026: these counts may only get better.
  assert.ok(numbers >= 4_029 && unequal <= 20);
});

function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(`${root}/${path}`));
}

/** Shapes as well as values. */
async function compare(
  model: Model,
  method: MethodName,
  expected: Nested,
  input: Expected["input"],
  differenceMax: number,
) {
  const found = toList(await model.run(method, readTable(input, model.signature)));
  assert.deepEqual(shapeOf(found), shapeOf(expected), `${method}: shape`);
  const values = [found].flat(4) as Scalar[];
  for (const [index, value] of ([expected].flat(4) as Scalar[]).entries()) {
    counts.numbers++;
    const actual = values[index];
    if (actual === value || String(actual) === value) continue;
    const relative = Math.abs((Number(actual) - Number(value)) / Number(value));
    counts.unequal++;
    counts.largest = Math.max(counts.largest, relative);
    assert.ok(relative <= differenceMax, `${method} ${index}: ${actual}, CatBoost says ${value}`);
  }
}

function shapeOf(nested: Nested): readonly number[] {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0]!)] : [];
}
