// Series, data frames and indices that pandas wrote (fixtures/generate.py), in pickles of four protocols.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { Cursor } from "../../base/index.js";
import type { Scalar } from "../core/model.js";
import { scanPickle } from "../pickle/scan.js";
import { runPickle } from "../pickle/unpickler.js";
import { Dict, Global, Instance, type Value } from "../pickle/values.js";
import { allowedGlobals, allowGlobals } from "../registry/allowed-globals.js";
import { isIndex, readIndex } from "./arrays.js";
import { isFrame, isSeries, readFrame, readSeries } from "./frames.js";

const root = projectPath("src/model/pandas/fixtures");
const versions = readdirSync(root).filter((name) => name.startsWith("pandas-"));

async function read(file: Uint8Array): Promise<Value> {
  await allowGlobals(scanPickle(file, allowedGlobals).unknown, () => 0);
  return runPickle(new Cursor(file), (module, name) => allowedGlobals.get(module, name)!);
}

function described(value: Value | undefined): unknown {
  if (isSeries(value)) {
    const { index, values } = readSeries(value);
    return { index: index.map(plain), values: values.map(plain) };
  }
  if (isIndex(value)) return { index: readIndex(value).map(plain) };
  assert.ok(isFrame(value));
  const { columns, index, column } = readFrame(value);
  return {
    columns: columns.map(plain),
    index: index.map(plain),
    data: columns.map((_, position) => column(position).map(plain)),
  };
}

function plain(value: Scalar): Scalar {
  return Number.isNaN(value) ? null : value;
}

for (const version of versions) {
  for (const file of readdirSync(`${root}/${version}`).filter((name) => name.endsWith(".pkl"))) {
    test(`reads values and labels as ${version} lists them, from ${file}`, async () => {
      const expected = JSON.parse(readFileSync(`${root}/${version}/values.json`, "utf8")) as Record<string, unknown>;

      const found = await read(readFileSync(`${root}/${version}/${file}`));

      assert.ok(found instanceof Dict);
      for (const [name, object] of Object.entries(expected)) assert.deepEqual(described(found.get(name)), object, name);
    });
  }
}

/** The object of this name, with one attribute of the object at `path` inside it replaced. */
async function withAttribute(name: string, path: readonly string[], value: Value): Promise<Value> {
  const found = await read(readFileSync(`${root}/pandas-1.5.3/p4.pkl`));
  assert.ok(found instanceof Dict);
  const object = found.get(name);
  let inner: Value | undefined = object;
  for (const key of path.slice(0, -1)) inner = inner instanceof Instance ? inner.attributes.get(key) : undefined;
  assert.ok(inner instanceof Instance && object !== undefined);
  inner.attributes.set(path.at(-1)!, value);
  return object;
}

for (const [what, name, path, value] of [
  ["a Series without blocks", "strings", ["_mgr"], null],
  ["a manager that is a number", "mixed", ["_mgr"], 3],
  ["a range without an end", "range", ["_mgr"], new Instance(new Global("pandas", "BlockManager"), [])],
  ["an index of an endless range", "steps", ["stop"], 1e12],
  ["an index with a step of 0", "steps", ["step"], 0],
] as const) {
  test(`rejects ${what}`, async () => {
    const object = await withAttribute(name, path, value);

    assert.throws(() => described(object), { code: /^pandas-(broken|unsupported)$/ });
  });
}

test("rejects an index of dates", () => {
  const dates = new Instance(new Global("pandas.core.indexes.datetimes", "DatetimeIndex"));

  assert.throws(() => readIndex(dates), {
    code: "pandas-unsupported",
    message: "A pandas object with a pandas.core.indexes.datetimes.DatetimeIndex as labels is not supported",
  });
});

test("rejects categories of categories", () => {
  const dtype = new Instance(new Global("pandas", "CategoricalDtype"));
  const categorical = new Instance(new Global("pandas", "Categorical"));
  const index = new Instance(new Global("pandas", "CategoricalIndex"));
  index.attributes.set("data", categorical);
  dtype.attributes.set("categories", index);
  categorical.attributes.set("_dtype", dtype);

  assert.throws(() => readIndex(index), { code: "pandas-broken" });
});
