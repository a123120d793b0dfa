// The arrows, the doors and the kept words of DESIGN: a room imports only what the table allows, and only by its door.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { projectPath } from "./support/project.js";

const rooms: Record<string, readonly string[]> = {
  base: [],
  model: ["base"],
  image: ["base"],
  contract: ["base", "model"],
  function: ["base", "contract", "model"],
  train: ["base", "model"],
  score: ["base", "model"],
  deploy: ["base", "contract", "image", "model"],
  cloud: ["base", "image"],
  console: [],
  cli: ["base", "model", "contract", "function", "image", "deploy", "train", "score", "cloud"],
};

/** Words that only the named files may use: everything else gets the context by parameter. */
const keptWords: readonly { readonly word: RegExp; readonly name: string; readonly allowed: RegExp }[] = [
  { word: /\bprocess\.exit\b/, name: "process.exit", allowed: /^(cli|function)\/main\.ts$/ },
  { word: /\bprocess\.env\b/, name: "process.env", allowed: /^(cli|function)\/main\.ts$/ },
  { word: /\bconsole\.(log|error|warn|info)\b/, name: "console.*", allowed: /^cli\/|^function\/main\.ts$/ },
  { word: /\bDate\.now\b|\bperformance\.now\b/, name: "Date.now", allowed: /^base\/clock\.ts$/ },
  { word: /\bMath\.random\b/, name: "Math.random", allowed: /^$/ },
];

const linesMax = 300;
/** Files that may outgrow the limit, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {};

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

function faultsOf({ path, text }: SourceFile): string[] {
  const faults: string[] = [];
  const room = path.split("/")[0]!;
  const allowed = rooms[room];
  if (!allowed) return [`${path}: "${room}" is not a room of DESIGN. Move the file into one.`];
  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)) {
    const target = normalize(join(dirname(path), specifier!)).replace(/\.js$/, ".ts");
    const targetRoom = target.split("/")[0]!;
    if (targetRoom === room) continue;
    if (!allowed.includes(targetRoom)) {
      faults.push(
        `${path}: ${room} may not import ${targetRoom} (${specifier}). Hand it in by parameter, or move the line.`,
      );
    } else if (target !== `${targetRoom}/index.ts`) {
      faults.push(
        `${path}: imports ${specifier}, which is not ${targetRoom}'s door. Export it from ${targetRoom}/index.ts.`,
      );
    }
  }
  for (const { word, name, allowed: where } of keptWords) {
    if (word.test(withoutComments(text)) && !where.test(path))
      faults.push(`${path}: uses ${name}. ArgDef it as a parameter.`);
  }
  const lines = text.split("\n").length;
  if (lines > linesMax && !longFiles[path])
    faults.push(`${path}: ${lines} lines, at most ${linesMax}. Split it by job.`);
  return faults;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}

function sourceFiles(): SourceFile[] {
  const root = projectPath("src");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.includes("fixtures"))
    .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(root, path), "utf8") }));
}

test("every source file keeps the arrows, the doors and the kept words", () => {
  const files = sourceFiles();
  assert.ok(files.length > 0);
  assert.deepEqual(files.flatMap(faultsOf), []);
});

test("every long file that is excused exists and is long", () => {
  const long = sourceFiles().filter(({ text }) => text.split("\n").length > linesMax);
  assert.deepEqual(Object.keys(longFiles).sort(), long.map(({ path }) => path).sort());
});

for (const [fault, file] of [
  ["an arrow that DESIGN does not draw", { path: "model/x.ts", text: 'import { a } from "../cloud/index.js";' }],
  ["a way around a door", { path: "deploy/x.ts", text: 'import { a } from "../image/push.js";' }],
  ["a kept word", { path: "deploy/x.ts", text: "const now = Date.now();" }],
  ["a file outside the rooms", { path: "utils/x.ts", text: "" }],
  ["a file that is too long", { path: "base/x.ts", text: "\n".repeat(linesMax + 1) }],
] as const) {
  test(`${fault} is found`, () => {
    assert.equal(faultsOf(file).length, 1);
  });
}
