// Predictions of every XGBoost fixture: all numbers equal XGBoost's to the last bit of a 32-bit float, but for the
// listed ones.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { type MethodName, type Nested, readModel, type Scalar, type Table, toList } from "../index.js";
import { readUbjson } from "../json/ubjson.js";
import { readBinary } from "./binary.js";
import { type Booster, readBooster } from "./booster.js";
import { parseJson } from "./read-xgboost.js";

interface Expected {
  readonly class: string;
  readonly input: readonly (readonly (number | null)[])[];
  readonly booster: Nested;
  readonly margin: Nested;
  readonly predict: Nested;
  readonly predict_margin: Nested;
  readonly proba?: Nested;
}

const root = projectPath("src/model/xgboost/fixtures");

/** How many numbers of a file and method differ from XGBoost's. All others are equal. */
const unequalNumbers: Readonly<Record<string, number>> = {
  // XGBClassifier computes the softmax of multi:softmax itself, with scipy in Python. numpy's exp of 32-bit floats,
  // which scipy calls, is not rounded correctly: it is off by up to 2.52 units in the last place (numpy's own bound).
  "3.2.0/multi_softmax.pkl predict_proba": 10,
};

const readers = { json: parseJson, ubj: readUbjson, model: readBinary };

/** A few units in the last place of a 32-bit float. */
const relativeMax = 3e-7;

for (const version of readdirSync(root).filter((name) => /^\d/.test(name))) {
  for (const file of readdirSync(`${root}/${version}`).filter((name) => name.endsWith(".expected.json"))) {
    const name = file.replace(".expected.json", "");
    const expected = JSON.parse(readFileSync(`${root}/${version}/${file}`, "utf8")) as Expected;
    const table = tableOfRows(expected.input);
    for (const extension of ["json", "ubj", "model", "pkl"] as const) {
      const fixture = `${version}/${name}.${extension}`;
      const path = `${root}/${fixture}`;
      if (!existsSync(path)) continue;
      test(`predicts as XGBoost ${fixture}`, async () => {
        const model = await readModel(bytesOf(path));
        const wraps = extension === "json" || extension === "pkl";
        const run = async (method: MethodName) => flat(toList(await model.run(method, table)));
        compare(await run("predict"), wraps ? expected.predict : expected.booster, `${fixture} predict`);
        if (extension !== "pkl") {
          const booster = readBooster(readers[extension](bytesOf(path)));
          compare(marginsOf(booster, expected.input, false), expected.margin, `${fixture} margin`);
          if (wraps)
            compare(marginsOf(booster, expected.input, true), expected.predict_margin, `${fixture} predict_margin`);
        }
        if (wraps && expected.proba) compare(await run("predict_proba"), expected.proba, `${fixture} predict_proba`);
      });
    }
  }
}

function flat(nested: Nested): readonly Scalar[] {
  return [nested].flat(4) as Scalar[];
}

/** Compares with XGBoost's floats. JSON has the same numbers in Python's 17 digits. */
function compare(found: readonly Scalar[], nested: Nested, what: string) {
  const expected = flat(nested);
  assert.equal(found.length, expected.length, what);
  const unequal = expected.flatMap((value, index) => (found[index] === value ? [] : [index]));
  for (const index of unequal) {
    const [own, value] = [found[index], expected[index]];
    const relative = Math.abs((Number(own) - Number(value)) / Number(value));
    assert.ok(relative <= relativeMax, `${what} ${index}: ${own}, XGBoost predicts ${value}`);
  }
  assert.equal(unequal.length, unequalNumbers[what] ?? 0, `${what}: unequal numbers`);
}

/**
 * Which method returns margins: Booster.predict(output_margin=True), or the wrapper's (inPlace), which stops at the
 * best iteration.
 */
function marginsOf(booster: Booster, rows: Expected["input"], inPlace: boolean): readonly number[] {
  const { bestTrees, groups, trees } = booster;
  const count = (inPlace ? bestTrees : undefined) ?? trees;
  return rows.flatMap((row) => {
    const out = new Float32Array(groups);
    booster.margins(
      Float32Array.from(row, (value) => value ?? Number.NaN),
      out,
      count,
      inPlace,
    );
    return Array.from(out);
  });
}

function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

function tableOfRows(rows: Expected["input"]): Table {
  const data = Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);
  return { kind: "matrix", rows: rows.length, columns: rows[0]!.length, data };
}
