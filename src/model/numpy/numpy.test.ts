// Arrays that numpy itself wrote, in pickles of protocols 2 to 5, in joblib files and as .npy.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { Cursor } from "../../base/index.js";
import { readPickle } from "../formats/read-pickle.js";
import { runPickle } from "../pickle/unpickler.js";
import { Dict, Tuple, type Value } from "../pickle/values.js";
import { allowedGlobals } from "../registry/allowed-globals.js";
import { DType } from "./dtype.js";
import { NdArray } from "./ndarray.js";
import { readNpy } from "./npy.js";

type Item = number | string | boolean | null | readonly Item[];
type Values = Readonly<Record<string, { readonly shape?: readonly number[]; readonly items: readonly Item[] }>>;

const root = projectPath("src/model/numpy/fixtures");
const bytesOf = (path: string) => new Uint8Array(readFileSync(`${root}/${path}`));

for (const version of ["numpy-1.24", "numpy-2.4"]) {
  const values = JSON.parse(readFileSync(`${root}/${version}/values.json`, "utf8")) as Values;

  for (const file of ["p2.pkl", "p3.pkl", "p4.pkl", "p5.pkl", "all.joblib"]) {
    test(`${version}: ${file} holds every array and scalar that numpy put in`, () => {
      const found = runPickle(
        new Cursor(bytesOf(`${version}/${file}`)),
        (module, name) => allowedGlobals.get(module, name)!,
      );

      assert.ok(found instanceof Dict);
      for (const [name, { shape, items }] of Object.entries(values)) {
        const value = found.get(name);
        if (value instanceof NdArray) assert.deepEqual(value.shape, shape, name);
        assert.deepEqual(itemsOf(value).map(asJson), items, name);
      }
    });
  }

  for (const file of readdirSync(`${root}/${version}`).filter((name) => name.endsWith(".npy"))) {
    const name = file.replace(".npy", "");
    test(`${version}: ${file} holds the array that numpy put in`, () => {
      const array = readNpy(bytesOf(`${version}/${file}`));

      const { shape, items } = values[name] ?? values[`<${name}`] ?? values[`>${name}`]!;
      assert.deepEqual(array.shape, shape);
      assert.deepEqual(itemsOf(array).map(asJson), items);
    });
  }
}

test("rejects a truncated .npy file", () => {
  const file = bytesOf("numpy-2.4/f8.npy");

  assert.throws(() => readNpy(file.subarray(0, 40)), { code: "file-cut-short" });
  assert.throws(() => readNpy(file.subarray(0, -1)), { code: "numpy-broken", message: /has 47 bytes/ });
});

/** An array's items in row-major order, a record's as its fields; a scalar's value. */
function itemsOf(value: Value | undefined): readonly unknown[] {
  if (!(value instanceof NdArray)) return [value];
  const { fields } = value.dtype;
  if (fields.size === 0) return value.toScalars();
  const columns = [...fields.keys()].map((name) => value.toFieldNumbers(name));
  return Array.from({ length: value.size }, (_, row) => columns.map((column) => column[row]));
}

/** As values.json writes it. */
function asJson(item: unknown): unknown {
  if (typeof item === "bigint") return String(item);
  return typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
}

test("keeps an array of dates, and rejects reading it as numbers or labels", () => {
  const dates = NdArray.of(new DType("<M8"), [1], false, new Uint8Array(8));

  assert.deepEqual(dates.shape, [1]);
  assert.throws(() => dates.toNumbers(), {
    code: "numpy-broken",
    message: "Expected numbers, found an array of dtype <M8",
  });
  assert.throws(() => dates.toScalars(), { code: "numpy-broken" });
});

for (const protocol of [0, 2, 4, 5]) {
  test(`reads a recarray and its subclass of dtype as an array of records (protocol ${protocol})`, async () => {
    const path = projectPath(`src/model/sklearn/fixtures/pipelines-1.9.1/beside-zones/p${protocol}.pkl`);
    const { value } = await readPickle(new Uint8Array(readFileSync(path)), "pickle");
    const member = (name: string) => (value instanceof Dict ? value.get(name) : undefined);
    for (const name of ["records", "structured"]) {
      const records = member(name);
      assert.ok(records instanceof NdArray);
      assert.deepEqual([...records.toFieldNumbers("x")], [1, 2]);
      assert.deepEqual([...records.toFieldNumbers("y")], [2.5, 3.5]);
    }
    const letters = member("letters");
    assert.deepEqual(letters instanceof NdArray && letters.toScalars(), ["a", "bc"]);
  });
}

test("rejects a record without a valid size", () => {
  const record = () => new DType("V0", true);
  for (const size of [-1, 1.5, 2 ** 40, null]) {
    const state = new Tuple([3, "|", null, null, null, size]);
    assert.throws(() => record().setState(state), { code: "numpy-broken", message: /record of/ });
  }
  const outside = new Dict();
  outside.set("x", new Tuple([new DType("<i4"), 2]));
  const state = new Tuple([3, "|", null, new Tuple(["x"]), outside, 4]);
  assert.throws(() => record().setState(state), { code: "numpy-broken", message: /outside of its record of 4 bytes/ });
});
