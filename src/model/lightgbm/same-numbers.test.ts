// Every fixture that LightGBM wrote, read back and asked the same.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { type MethodName, type Model, type Nested, readModel, readTable, type Scalar, toList } from "../index.js";
import { readBooster } from "./booster.js";

interface Expected {
  readonly input: readonly (readonly Scalar[])[];
  readonly booster: Nested;
  readonly raw: Nested;
  readonly predict: Nested;
  readonly proba?: Nested;
}

const root = projectPath("src/model/lightgbm/fixtures");
const counts = { numbers: 0, unequal: 0, largest: 0 };
/** LightGBM calls exp of the C library, which is off by one in the last place now and then. */
const relativeMax = 1e-15;

for (const version of readdirSync(root).filter((name) => /^\d/.test(name))) {
  for (const file of readdirSync(`${root}/${version}`).filter((name) => name.endsWith(".expected.json"))) {
    const name = file.replace(".expected.json", "");
    const expected = JSON.parse(readFileSync(`${root}/${version}/${file}`, "utf8")) as Expected;
    test(`predicts as LightGBM ${version}: ${name}`, async () => {
      const model = await readModel(bytesOf(`${version}/${name}.txt`));
      await compare(model, "predict", expected.booster, expected.input);
      compareNumbers(
        sumsOf(readFileSync(`${root}/${version}/${name}.txt`, "utf8"), expected.input),
        expected.raw,
        "raw",
      );
      if (!existsSync(`${root}/${version}/${name}.pkl`)) return;
      const wrapper = await readModel(bytesOf(`${version}/${name}.pkl`));
      await compare(wrapper, "predict", expected.predict, expected.input);
      if (expected.proba) await compare(wrapper, "predict_proba", expected.proba, expected.input);
    });
  }
}

test("prints how many numbers are equal", (t) => {
  const { numbers, unequal, largest } = counts;
  t.diagnostic(
    `${numbers - unequal} of ${numbers} numbers equal to the last bit; largest relative difference ${largest}`,
  );
  // As many as on 28 November 2026: these counts may only get better.
  assert.ok(numbers >= 1_312 && unequal === 0);
});

test("accepts a categorical column's names, and treats one that was not in the training data as missing", async () => {
  const { signature, ...model } = await readModel(bytesOf("4.7.0/pandas.txt"));

  assert.deepEqual(
    signature.features.map(({ name, kind }) => [name, kind]),
    [
      ["the_code", "category"],
      ["x", "number"],
      ["flag", "category"],
    ],
  );
  const rows = readTable(
    [
      ["new", 0.5, 20],
      [null, 0.5, 20],
    ],
    signature,
  );
  const [unknown, missing] = toList(await model.run("predict", rows)) as number[];
  assert.equal(unknown, missing);
});

test("reads categories of floats that are not finite", async () => {
  const text = readFileSync(`${root}/4.7.0/pandas.txt`, "utf8");
  const changed = text.replace(/(?<=pandas_categorical:.*)\[0, /, '["-Infinity", NaN, -Infinity, Infinity, ');

  const { signature } = await readModel(new TextEncoder().encode(changed));

  const { categories } = signature.features[2]!;
  assert.deepEqual(categories?.slice(0, 4), ["-Infinity", null, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(`${root}/${path}`));
}

async function compare(model: Model, method: MethodName, expected: Nested, input: Expected["input"]) {
  const found = [toList(await model.run(method, readTable(input, model.signature)))].flat(4) as Scalar[];
  compareNumbers(found, expected, method);
}

function compareNumbers(found: readonly Scalar[], nested: Nested, what: string) {
  const expected = [nested].flat(4) as Scalar[];
  assert.equal(found.length, expected.length, what);
  for (const [index, value] of expected.entries()) {
    counts.numbers++;
    if (found[index] === value) continue;
    const relative = Math.abs((Number(found[index]) - Number(value)) / Number(value));
    counts.unequal++;
    counts.largest = Math.max(counts.largest, relative);
    assert.ok(relative <= relativeMax, `${what} ${index}: ${found[index]}, LightGBM says ${value}`);
  }
}

/** Booster.predict(raw_score=True): each output's sum of leaves. A category of pandas counts by its position. */
function sumsOf(text: string, rows: Expected["input"]): readonly number[] {
  const booster = readBooster(text);
  return rows.flatMap((row) => {
    const values = booster.features.map(({ categories }, column) => {
      const value = categories ? categories.indexOf(row[column] ?? null) : row[column];
      return value === null || value === -1 ? Number.NaN : Number(value);
    });
    const out = new Float64Array(booster.outputs);
    booster.sums(Float64Array.from(values), out, booster.rounds);
    return Array.from(out);
  });
}
