// What skops wrote, and archives that were changed.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { type MethodName, readModel, readTable, type Scalar, toList } from "../index.js";

const root = projectPath("src/model/skops/fixtures");
const bytesOf = (path: string) => new Uint8Array(readFileSync(`${root}/${path}`));

for (const version of readdirSync(root).filter((name) => /^\d/.test(name))) {
  for (const file of readdirSync(`${root}/${version}`).filter((name) => name.endsWith(".skops"))) {
    test(`predicts as scikit-learn: skops ${version}, ${file}`, async () => {
      const { values, outputs } = JSON.parse(
        readFileSync(`${root}/${version}/${file.replace("skops", "json")}`, "utf8"),
      );
      const { signature, ...model } = await readModel(bytesOf(`${version}/${file}`));

      assert.equal(signature.format, "skops");
      assert.match(signature.libraries.skops!, new RegExp(`^${version}`));
      for (const [method, expected] of Object.entries(outputs)) {
        const found = [toList(await model.run(method as MethodName, readTable(values, signature)))].flat(3) as Scalar[];
        const expectedValues = [expected].flat(3) as Scalar[];
        assert.equal(found.length, expectedValues.length);
        for (const [index, value] of expectedValues.entries()) {
          if (typeof value === "number")
            assert.ok(Math.abs(Number(found[index]) - value) <= 1e-12, `${method} ${index}`);
          else assert.equal(found[index], value);
        }
      }
    });
  }
}

const tree = bytesOf("0.16/tree.skops");

/** The tree's archive with another schema or other files. */
function changed(change: (schema: string) => string, more: Zippable = {}): Uint8Array {
  const files = unzipSync(tree);
  const schema = JSON.stringify(JSON.parse(strFromU8(files["schema.json"]!)));
  return zipSync({ ...files, "schema.json": strToU8(change(schema)), ...more });
}

for (const [what, file, code, message] of [
  [
    "a class that is not allowed",
    changed((text) =>
      text.replace('"__class__":"Tree","__module__":"sklearn.tree._tree"', '"__class__":"system","__module__":"os"'),
    ),
    "pickle-global-rejected",
    /names os.system/,
  ],
  [
    "an allowed class that is never used, with one that is not",
    changed((text) =>
      text.replace(
        '"content":"\\"gini\\""',
        '"content":"null","x":{"__loader__":"TypeNode","__class__":"Popen","__module__":"subprocess"}',
      ),
    ),
    "pickle-global-rejected",
    /subprocess.Popen/,
  ],
  [
    "an unknown loader",
    changed((text) => text.replace("TreeNode", "OtherNode")),
    "skops-broken",
    /the loader "OtherNode" is not known/,
  ],
  [
    "an array that does not exist",
    changed((text) => text.replace(/"file":"\d+/, '"file":"0')),
    "skops-broken",
    /"0.npy" is not in the archive/,
  ],
  [
    "a path in the archive",
    changed((text) => text, { "../evil.npy": strToU8("") }),
    "skops-broken",
    /contains a path, "..\/evil.npy"/,
  ],
  ["a schema that is no JSON", changed(() => "{"), "skops-broken", /not JSON/],
  [
    "nodes without end",
    changed(() => '{"__loader__":"ListNode","content":['.repeat(5_000) + "]}".repeat(5_000)),
    "skops-broken",
    /more than 400 nested nodes|is nothing/,
  ],
  ["an archive that is cut", tree.subarray(0, 900), "model-damaged", /not a ZIP archive/],
  [
    "a bomb",
    changed((text) => text, { "0.npy": new Uint8Array(40_000_000) }),
    "model-too-large",
    /more than 16777216 bytes/,
  ],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(file), { code, message });
  });
}

test("rejects with a code, or reads, an archive with a changed byte", async () => {
  let refused = 0;
  for (let at = 0; at < tree.length; at += 5) {
    const file = tree.slice();
    file[at] = (at * 37) % 256;
    try {
      const { signature, ...model } = await readModel(file);
      await model.run("predict", readTable([[1, 2, 3, 4]], signature));
    } catch (error) {
      assert.ok(error instanceof TepalError, `byte ${at}: ${error} ${error instanceof Error ? error.stack : ""}`);
      refused++;
    }
  }
  assert.ok(refused > 100);
});
