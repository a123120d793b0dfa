// What is written about the code agrees with the code.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { codes } from "../src/base/index.js";
import { projectPath, projectRoot } from "./support/project.js";

test("docs/errors.md is what npm run docs writes from the table of codes", async () => {
  const { errorsPage } = await import(pathToFileURL(projectPath("scripts/docs.mjs")).href);

  assert.equal(readFileSync(projectPath("docs/errors.md"), "utf8"), await errorsPage());
});

test("the table of docs/models.md is what npm run docs writes from a run over the fixtures", async () => {
  const { modelsPage } = await import(pathToFileURL(projectPath("scripts/models-table.mjs")).href);

  assert.equal(readFileSync(projectPath("docs/models.md"), "utf8"), await modelsPage());
});

test("every code of the table is used, and says what happened and what to do", () => {
  const sources = readdirSync(projectPath("src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.endsWith("codes.ts"))
    .map((path) => readFileSync(join(projectPath("src"), path), "utf8"))
    .join("\n");

  assert.deepEqual(
    Object.keys(codes).filter((code) => !sources.includes(`"${code}"`)),
    [],
  );
  for (const [code, { meaning, remedy }] of Object.entries(codes)) {
    assert.match(meaning, /^[A-Z"].*\.$/s, code);
    assert.match(remedy, /^[A-Z"].*\.$/s, code);
  }
});

const pages = [
  "README.md",
  ...readdirSync(projectPath("docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

for (const page of pages) {
  test(`every link of ${page} to a file of the project leads to one`, () => {
    const text = readFileSync(projectPath(page), "utf8");
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link]) => link ?? "");
    const dead = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(projectRoot, dirname(page), link)));

    assert.deepEqual(dead, []);
  });
}
