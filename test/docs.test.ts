// The documentation agrees with the code.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { projectPath, projectRoot } from "./support/project.js";

test("docs/errors.md is up to date with the tables of error codes (npm run docs)", async () => {
  const { errorsPage } = await import(pathToFileURL(projectPath("scripts/docs.mjs")).href);

  assert.equal(readFileSync(projectPath("docs/errors.md"), "utf8"), await errorsPage());
});

test("the table of docs/models.md is up to date with a run over the fixtures (npm run docs)", async () => {
  const { modelsPage } = await import(pathToFileURL(projectPath("scripts/models-table.mjs")).href);

  assert.equal(readFileSync(projectPath("docs/models.md"), "utf8"), await modelsPage());
});

test("two runs of the tour differ only in what the picture of docs/tour.svg ignores", async () => {
  const { withoutVariableParts } = await import(pathToFileURL(projectPath("scripts/docs.mjs")).href);
  const svg = readFileSync(projectPath("docs/tour.svg"), "utf8");
  const other = svg
    .replaceAll(/\d+ ms/g, "1.5 s")
    .replaceAll(/sha256:\w{12}/g, "sha256:0123456789ab")
    .replaceAll(/restapis\/\w{10}/g, "restapis/0123456789");

  assert.notEqual(other, svg);
  assert.equal(withoutVariableParts(other), withoutVariableParts(svg));
  assert.notEqual(withoutVariableParts(svg.replace("created", "updated")), withoutVariableParts(svg));
});

test("every error code belongs to one room, is used there, and says what happened and what to do", async () => {
  const { errorCodes } = await import(pathToFileURL(projectPath("scripts/docs.mjs")).href);
  const codes: { room: string; code: string; meaning: string; remedy: string }[] = await errorCodes();

  assert.equal(new Set(codes.map(({ code }) => code)).size, codes.length);
  for (const { room, code, meaning, remedy } of codes) {
    const elsewhere = room === "base" ? "src" : join("src", room);
    assert.ok(sourcesUnder(elsewhere).includes(`"${code}"`), `src/${room} has no use of ${code}`);
    assert.match(meaning, /^[A-Z"].*\.$/s, code);
    assert.match(remedy, /^[A-Z"].*\.$/s, code);
  }
});

/** The source of a directory, without its tests and the tables of error codes. */
function sourcesUnder(directory: string): string {
  return readdirSync(projectPath(directory), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !/(^|[\\/])errors\.ts$/.test(path))
    .map((path) => readFileSync(join(projectPath(directory), path), "utf8"))
    .join("\n");
}

test("THIRD-PARTY-NOTICES.txt is up to date with what the bundles contain (npm run docs)", async () => {
  const { noticesPage } = await import(pathToFileURL(projectPath("scripts/build.mjs")).href);

  assert.equal(readFileSync(projectPath("THIRD-PARTY-NOTICES.txt"), "utf8"), await noticesPage());
});

test("every path of the source code that CONTRIBUTING.md names exists", () => {
  const text = readFileSync(projectPath("CONTRIBUTING.md"), "utf8");
  const paths = [...text.matchAll(/`((?:src|test|docs|scripts)\/[\w./-]+)`/g)].map(([, path = ""]) => path);

  assert.ok(paths.length > 15);
  assert.deepEqual(
    paths.filter((path) => !existsSync(projectPath(path))),
    [],
  );
});

test("CHANGELOG.md has a section for unreleased changes, or for the version of package.json", () => {
  const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8"));

  assert.match(
    readFileSync(projectPath("CHANGELOG.md"), "utf8"),
    new RegExp(`^## \\[(?:Unreleased|${version})\\]`, "m"),
  );
});

const pages = [
  ...readdirSync(projectRoot).filter((name) => name.endsWith(".md")),
  ...readdirSync(projectPath("docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

for (const page of pages) {
  test(`every link of ${page} to a file of the project resolves`, () => {
    const text = readFileSync(projectPath(page), "utf8");
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link]) => link ?? "");
    const dead = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(projectRoot, dirname(page), link)));

    assert.deepEqual(dead, []);
  });
}
