// The layout that DESIGN.md describes: which directory may import what, which names only entry points may use, and how
// large a file is.

import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { passagesOf, type SourceFile, sourceFiles, withoutComments } from "./support/source-files.js";

/** The rooms of src/, and which other rooms each may import, through their index.ts. */
const rooms: Readonly<Record<string, readonly string[]>> = {
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
  api: ["base", "model", "contract", "image", "deploy", "cloud", "cli"],
};

/**
 * Directories of one room that do not import each other.
 * The walls of model/ are in model-architecture.test.ts.
 */
const walls: readonly { readonly directories: readonly RegExp[]; readonly remedy: string }[] = [
  {
    directories: ["ecr", "lambda", "apigateway", "iam", "sts", "logs"].map((name) => new RegExp(`^cloud/${name}/`)),
    remedy: "Services meet in cloud/service-interfaces.ts",
  },
  {
    directories: [
      /^cloud\/apigateway\/(operations|control)\//,
      /^cloud\/apigateway\/(rest|http|websocket|integrations|authorizers|execute)\//,
    ],
    remedy: "Move what the control plane and the data plane share beside both",
  },
];

/** Names that only the listed files may use: everything else gets them as a parameter. */
const reservedNames: readonly { readonly name: RegExp; readonly shown: string; readonly allowed: RegExp }[] = [
  { name: /\bprocess\.exit\b/, shown: "process.exit", allowed: /^(cli|function)\/main\.ts$/ },
  { name: /\bprocess\.env\b/, shown: "process.env", allowed: /^((cli|function)\/main|api\/index)\.ts$/ },
  { name: /\bconsole\.(log|error|warn|info)\b/, shown: "console.*", allowed: /^cli\/|^function\/main\.ts$/ },
  { name: /\bDate\.now\b|\bperformance\.now\b/, shown: "Date.now", allowed: /^base\/clock\.ts$/ },
  { name: /\bMath\.random\b/, shown: "Math.random", allowed: /^$/ },
];

const linesMax = 300;
const columnsMax = 120;
/** Paths here are relative to src/. */
function importsOf({ path, text }: SourceFile): { readonly specifier: string; readonly target: string }[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)].map(([, specifier = ""]) => ({
    specifier,
    target: posix.normalize(posix.join(posix.dirname(path), specifier)).replace(/\.js$/, ".ts"),
  }));
}

function roomViolations(file: SourceFile): string[] {
  const { path } = file;
  const room = path.split("/")[0] ?? "";
  const allowed = rooms[room];
  if (!allowed) return [`${path}: "${room}" is not a room of DESIGN.md. Move the file into one.`];
  return importsOf(file).flatMap(({ specifier, target }) => {
    const targetRoom = target.split("/")[0] ?? "";
    if (targetRoom === room) return [];
    if (!allowed.includes(targetRoom)) {
      return [
        `${path}: ${room} must not import ${targetRoom} (${specifier}). Pass it as a parameter, or move the code.`,
      ];
    }
    if (target === `${targetRoom}/index.ts`) return [];
    return [`${path}: imports ${specifier} past the room's index. Export it from ${targetRoom}/index.ts.`];
  });
}

function wallViolations(file: SourceFile): string[] {
  return walls.flatMap(({ directories, remedy }) => {
    const own = directories.find((directory) => directory.test(file.path));
    if (!own) return [];
    return importsOf(file)
      .filter(({ target }) => directories.some((directory) => directory !== own && directory.test(target)))
      .map(({ specifier }) => `${file.path}: must not import ${specifier}. ${remedy}.`);
  });
}

function reservedNameViolations({ path, text }: SourceFile): string[] {
  const code = withoutComments(text);
  return reservedNames
    .filter(({ name, allowed }) => name.test(code) && !allowed.test(path))
    .map(({ shown }) => `${path}: uses ${shown}. Take it as a parameter.`);
}

function lengthViolations({ path, text }: SourceFile): string[] {
  const lines = text.trimEnd().split("\n").length;
  return lines > linesMax ? [`${path}: ${lines} lines, at most ${linesMax}. Split it by job.`] : [];
}

function wideComments({ path, text }: SourceFile): string[] {
  const lines = text.split("\n");
  const commentLines = new Set(
    passagesOf(text)
      .filter(({ kind }) => kind === "comment")
      .flatMap((passage) => passage.text.split("\n").map((_, index) => passage.line + index)),
  );
  return [...commentLines]
    .filter((line) => (lines[line - 1]?.length ?? 0) > columnsMax)
    .map((line) => `${path}:${line}: a comment of ${lines[line - 1]?.length} columns, at most ${columnsMax}`);
}

const rules: Readonly<Record<string, (file: SourceFile) => string[]>> = {
  "imports only the rooms that DESIGN.md allows, through their index": roomViolations,
  "keeps the walls inside its room": wallViolations,
  "gets the process, the clock and randomness as parameters": reservedNameViolations,
  [`has at most ${linesMax} lines`]: lengthViolations,
};

/** With paths relative to src/, without tests. */
const files = sourceFiles(["src"], [".ts"])
  .filter(({ path }) => !path.endsWith(".test.ts"))
  .map(({ path, text }) => ({ path: path.slice("src/".length), text }));

for (const [name, violations] of Object.entries(rules)) {
  test(`every source file ${name}`, () => {
    assert.ok(files.length > 0);
    assert.deepEqual(files.flatMap(violations), []);
  });
}

test(`comments are at most ${columnsMax} columns wide`, () => {
  const wide = sourceFiles(["src", "test", "scripts", "bench"], [".ts", ".mjs"]).flatMap(wideComments);
  assert.deepEqual(wide, []);
});

for (const [violation, path, text, rule] of [
  ["an import of a room that is not allowed", "model/x.ts", 'import { a } from "../cloud/index.js";', roomViolations],
  ["an import past a room's index", "deploy/x.ts", 'import { a } from "../image/push.js";', roomViolations],
  ["an import on demand past a room's index", "cli/x.ts", 'await import("../image/push.js");', roomViolations],
  ["a re-export past a room's index", "cli/x.ts", 'export { a } from "../image/push.js";', roomViolations],
  ["a file outside the rooms", "utils/x.ts", "", roomViolations],
  ["an import of another service", "cloud/ecr/a/x.ts", 'import { a } from "../../iam/role.js";', wallViolations],
  [
    "an import of the data plane by an operation",
    "cloud/apigateway/operations/stage/x.ts",
    'import { a } from "../../rest/a.js";',
    wallViolations,
  ],
  ["a reserved name", "deploy/x.ts", "const now = Date.now();", reservedNameViolations],
  ["a reserved name behind an address", "deploy/x.ts", 'f("http://a"); process.exit();', reservedNameViolations],
  ["a file that is too long", "base/x.ts", "a\n".repeat(linesMax + 1), lengthViolations],
  ["a wide comment", "base/x.ts", `/**\n * ${"a".repeat(columnsMax)}\n */`, wideComments],
] as const) {
  test(`finds ${violation}`, () => {
    assert.equal(rule({ path, text }).length, 1);
  });
}

for (const [name, path, text, rule] of [
  ["an import of a room's index", "deploy/x.ts", 'import { a } from "../image/index.js";', roomViolations],
  ["an import within a service", "cloud/ecr/a/x.ts", 'import { a } from "../b.js";', wallViolations],
  ["a reserved name in a comment", "deploy/x.ts", "// Date.now() is not used here\n", reservedNameViolations],
  ["a wide line of code", "base/x.ts", `const a = "${"a".repeat(columnsMax)}";`, wideComments],
] as const) {
  test(`allows ${name}`, () => {
    assert.deepEqual(rule({ path, text }), []);
  });
}
