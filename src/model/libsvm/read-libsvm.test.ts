import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { tableOf } from "../../../test/support/model-fixtures.js";
import { projectPath } from "../../../test/support/project.js";
import type { MethodName } from "../core/model.js";
import { readModel } from "../index.js";

const folder = projectPath("src/model/libsvm/fixtures");
const read = (name: string) => readFileSync(`${folder}/${name}`, "utf8");
const bytes = (text: string) => new TextEncoder().encode(text);

interface Fixture {
  readonly rows: readonly (readonly number[])[];
  readonly outputs: Readonly<Record<string, readonly (number | readonly number[])[]>>;
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const name = file.replace(".json", "");
  test(`predicts as LIBSVM does, to the last bit: ${name}`, async () => {
    const { rows, outputs } = JSON.parse(read(file)) as Fixture;
    const model = await readModel(bytes(read(`${name}.model`)));
    const table = tableOf(rows.map((row) => row.slice(0, model.signature.features.length)));

    for (const [method, expected] of Object.entries(outputs)) {
      // LIBSVM's regressors give their prediction again as a decision value.
      if (method === "decision_function" && !model.signature.classes) continue;
      const { data } = await model.run(method as MethodName, table);
      assert.deepEqual(Array.from(data), expected.flat(), method);
    }
  });
}

test("labels and probabilities keep the order of the file's labels", async () => {
  const { signature } = await readModel(bytes(read("c_svc_binary_probability.model")));

  assert.deepEqual(signature.classes, [2, 1]);
  assert.deepEqual(
    signature.methods.map(({ name }) => name),
    ["predict", "predict_proba", "predict_log_proba", "decision_function"],
  );
});

const good = read("c_svc_binary_probability.model");
for (const [what, change, code, message] of [
  [
    "an unknown header line",
    ["nr_class 2", "nr_klass 2"],
    "libsvm-broken",
    /line 4: "nr_klass" is not a name of the header/,
  ],
  [
    "a precomputed kernel",
    ["kernel_type rbf", "kernel_type precomputed"],
    "estimator-unsupported",
    /"precomputed" is not supported/,
  ],
  ["a file that ends in the header", [/SV\n[\s\S]*/, ""], "libsvm-broken", /the file ends before "SV"/],
  ["a file that ends in the vectors", [/\n[^\n]+\n$/, "\n"], "libsvm-broken", /ends after 23 of 24 vectors/],
  ["more vectors than a class has", ["nr_sv 12 12", "nr_sv 12 13"], "libsvm-broken", /adds up to another number/],
  ["a negative number of vectors", ["nr_sv 12 12", "nr_sv -1 25"], "libsvm-broken", /negative/],
  [
    "an absurd number of vectors",
    ["total_sv 24", "total_sv 999999999999"],
    "libsvm-broken",
    /adds up to another number/,
  ],
  ["an absurd number of classes", ["nr_class 2", "nr_class 99999999"], "libsvm-broken", /nr_class is 99999999/],
  ["too few rho", [/rho \S+/, "rho"], "libsvm-broken", /rho has 0 numbers, not 1/],
  ["an infinite number", [/rho \S+/, "rho 1e999"], "libsvm-broken", /"1e999", which is not a number/],
  ["a column of 0", ["1:6.4", "0:6.4"], "libsvm-broken", /line 12: the column 0 is out of order or range/],
  ["a column out of range", ["4:1.8", "99999999999:1.8"], "libsvm-broken", /line 12: the column 99999999999/],
  ["columns out of order", ["2:3.1 3:5.5", "3:5.5 2:3.1"], "libsvm-broken", /line 12: the column 2 is out of order/],
  ["a word that is no entry", ["1:6.4", "<script>"], "libsvm-broken", /"<script>" is not column:value/],
] as const) {
  test(`rejects a LIBSVM model with ${what}`, async () => {
    const file = good.replace(change[0], change[1]);
    assert.notEqual(file, good);

    await assert.rejects(readModel(bytes(file)), { code, message });
  });
}
