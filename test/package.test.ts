// What `npm pack` puts into the package: the build, the examples and what describes them, and nothing else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { packPackage } from "./support/packed.js";
import { projectPath, projectRoot } from "./support/project.js";
import { runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const packed =
  /^(README\.md|CHANGELOG\.md|LICENSE|NOTICE|THIRD-PARTY-NOTICES\.txt|package\.json|schema\/tepal\.schema\.json|dist\/(tepal\.js|index\.js|index\.d\.ts|(?:gateway|score)-worker\.js|function\.cjs|chunks\/[\w-]+\.js)|examples\/(iris|python)\/[\w.]+)$/;

interface Listing {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const listing = runWell("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: projectRoot }).then(
  (json) => (JSON.parse(json) as [Listing])[0],
);
const paths = listing.then(({ files }) => files.map(({ path }) => path));
const archive = packPackage(temporaryDirectory({ after })).then((path) => readFileSync(path));

test("npm pack contains only the build, the examples and their descriptions", async () => {
  assert.deepEqual(
    (await paths).filter((path) => !packed.test(path)),
    [],
  );
});

test("npm pack contains the command, the function and the example model", async () => {
  const all = await paths;

  for (const path of [
    "package.json",
    "README.md",
    "LICENSE",
    "NOTICE",
    "THIRD-PARTY-NOTICES.txt",
    "dist/tepal.js",
    "dist/index.js",
    "dist/index.d.ts",
    "dist/function.cjs",
    "examples/iris/iris_model.sav",
  ]) {
    assert.ok(all.includes(path), path);
  }
});

test("the command's shebang makes it a program", () => {
  assert.match(readFileSync(projectPath("dist/tepal.js"), "utf8"), /^#!\/usr\/bin\/env node\n/);
});

/** What docs/api.md promises. */
const packedBytesMax = 1_500_000;
const unpackedBytesMax = 6_000_000;

test("the package is small", async (t) => {
  const { size, unpackedSize } = await listing;
  t.diagnostic(`${size} bytes packed, ${unpackedSize} unpacked`);

  assert.ok(size <= packedBytesMax, `${size} bytes packed`);
  assert.ok(unpackedSize <= unpackedBytesMax, `${unpackedSize} bytes unpacked`);
});

test("publint has nothing to say about the package", async () => {
  const { messages } = await publint({ pack: { tarball: Uint8Array.from(await archive).buffer }, strict: true });

  assert.deepEqual(messages, []);
});

test("attw finds the types of the package, which is an ES module", async () => {
  const found = await checkPackage(createPackageFromTarballData(await archive));

  // require() of an ES module works from Node 20.19 on; docs/api.md says that the package is one.
  const problems = found.types ? found.problems.filter(({ kind }) => kind !== "CJSResolvesToESM") : undefined;
  assert.deepEqual(problems, []);
});

test("the declarations import nothing", () => {
  assert.doesNotMatch(readFileSync(projectPath("dist/index.d.ts"), "utf8"), /^import|\bfrom "/m);
});
