// What people's code predicts with the objects that they keep, for every form of keeping them (fixtures/generate.py):
// labels equal, floats within 1e-12 of Python's.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { parseChain, readChain, readMethod, readTable, toList } from "../index.js";

interface Case {
  readonly model: unknown;
  readonly rows: readonly unknown[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

const root = projectPath("src/model/chain/fixtures");
const relativeMax = 1e-12;

for (const version of readdirSync(root).filter((name) => /^\d/.test(name))) {
  const directory = `${root}/${version}`;
  const cases = readdirSync(directory).filter(
    (name) => /^[a-z-]+\.json$/.test(name) && !/^(features|xgb-|stop_words)/.test(name),
  );
  for (const name of cases) {
    test(`predicts as Python with scikit-learn ${version}: ${name.replace(".json", "")}`, async () => {
      const { model, rows, outputs } = JSON.parse(readFileSync(`${directory}/${name}`, "utf8")) as Case;
      const { signature, run } = await readChain(parseChain(model), (file) => readFileSync(`${directory}/${file}`));

      assert.ok(Object.keys(outputs).length > 0);
      for (const [method, expected] of Object.entries(outputs)) {
        const result = toList(await run(readMethod(method, signature), readTable(rows, signature)));
        assertClose(result, expected, method);
      }
    });
  }
}

function assertClose(found: unknown, expected: unknown, where: string): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(found) && found.length === expected.length, where);
    for (const [index, item] of expected.entries()) assertClose(found[index], item, `${where}[${index}]`);
    return;
  }
  if (typeof expected !== "number" || Number.isInteger(expected)) {
    assert.deepEqual(found, expected, where);
    return;
  }
  assert.ok(
    typeof found === "number" && Math.abs(found - expected) <= relativeMax * Math.abs(expected),
    `${where}: ${found} for ${expected}`,
  );
}
