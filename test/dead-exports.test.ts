// Every export has a user outside its file: another source file, a test, a script or a benchmark.

import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { type SourceFile, sourceFiles, withoutComments } from "./support/source-files.js";

/** Exports whose users are not import statements. */
const usedOtherwise: readonly { readonly name: RegExp; readonly reason: string }[] = [
  { name: /^src\/\w+\/errors\.ts \w+ErrorCodes$/, reason: "scripts/docs.mjs composes the name from the room's" },
  { name: /^src\/contract\/client\/typescript(?:-runtime)?\.ts [A-Z]/, reason: "strings: exports of written clients" },
  { name: /^src\/api\/(?:index|types)\.ts /, reason: "the package's exports: package-install.test.ts imports them" },
];

/** An import from the file `target`; or `export * from` it in the file `via`, whose users are users of `target`. */
type Use = { readonly target: string } & ({ readonly uses: (name: string) => boolean } | { readonly via: string });

/** "path name" of each export that no other file uses. */
function deadExports(files: readonly SourceFile[]): string[] {
  const codes = files.map(({ path, text }) => ({ path, text: withoutComments(text) }));
  const uses = new Map<string, Use[]>();
  for (const use of codes.flatMap(usesOf)) uses.set(use.target, [...(uses.get(use.target) ?? []), use]);
  const isUsed = (path: string, name: string): boolean =>
    (uses.get(path) ?? []).some((use) => ("via" in use ? isUsed(use.via, name) : use.uses(name)));
  return codes
    .filter(({ path }) => path.startsWith("src/") && !path.endsWith(".test.ts") && !path.endsWith(".d.ts"))
    .flatMap(({ path, text }) => exportsOf(text).map((name) => ({ path, name })))
    .filter(({ path, name }) => !isUsed(path, name))
    .map(({ path, name }) => `${path} ${name}`)
    .filter((dead) => !usedOtherwise.some(({ name }) => name.test(dead)));
}

function exportsOf(text: string): string[] {
  const declared = text.matchAll(
    /^export (?:declare )?(?:async )?(?:abstract )?(?:const enum|const|let|function\*?|class|interface|type|enum|namespace) ([\w$]+)/gm,
  );
  const destructured = text.matchAll(/^export const (?:\{([^}]*)\}|\[([^\]]*)\])/gm);
  const listed = text.matchAll(/^export (?:type )?\{([^}]*)\}/gm);
  return [
    ...[...declared].map(([, name = ""]) => name),
    ...[...destructured].flatMap(([, object, array]) => namesOf(object ?? array ?? "", "new")),
    ...[...listed].flatMap(([, names = ""]) => namesOf(names, "new")),
  ];
}

function usesOf({ path, text }: SourceFile): Use[] {
  const targetOf = (specifier: string) =>
    posix.normalize(posix.join(posix.dirname(path), specifier)).replace(/\.js$/, ".ts");
  const named = text.matchAll(/(?:import|export) (?:type )?(?:[\w$]+, )?\{([^}]*)\} from "(\.[^"]+)"/g);
  const namespaces = text.matchAll(/import (?:type )?\* as ([\w$]+) from "(\.[^"]+)"/g);
  const stars = text.matchAll(/export \* from "(\.[^"]+)"/g);
  // Imports on demand, and paths in the strings of scripts and tests: the name may be anywhere in the
  // file.
  const whole = text.matchAll(/(?:export \* as [\w$]+ from|import\(|new URL\()\s*"(\.[^"]+)"/g);
  const isScript = path.endsWith(".mjs") || path.includes(".test.");
  const quoted = isScript ? text.matchAll(/["'/](src\/[\w./-]+\.(?:ts|js))/g) : [];
  return [
    ...[...named].flatMap(([, names = "", specifier = ""]) =>
      namesOf(names, "original").map((original) => ({
        target: targetOf(specifier),
        uses: (name: string) => name === original,
      })),
    ),
    ...[...namespaces].map(([, namespace = "", specifier = ""]) => ({
      target: targetOf(specifier),
      uses: (name: string) => hasWord(text, `${namespace}.${name}`),
    })),
    ...[...stars].map(([, specifier = ""]) => ({ target: targetOf(specifier), via: path })),
    ...[...whole].map(([, specifier = ""]) => ({
      target: targetOf(specifier),
      uses: (name: string) => hasWord(text, name),
    })),
    ...[...quoted].map(([, target = ""]) => ({
      target: target.replace(/\.js$/, ".ts"),
      uses: (name: string) => hasWord(text, name),
    })),
  ];
}

/** The names of `a, type B, c as d`: the original ones (a, B, c), or the new ones (a, B, d). */
function namesOf(list: string, which: "original" | "new"): string[] {
  return list
    .split(",")
    .map((item) =>
      item
        .trim()
        .replace(/^type /, "")
        .split(/ as |: /),
    )
    .map((names) => (which === "original" ? names.at(0) : names.at(-1)) ?? "")
    .filter((name) => name !== "");
}

function hasWord(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replaceAll(/[$.]/g, "\\$&")}(?![\\w$])`).test(text);
}

test("every export has a user outside its file", () => {
  const dead = deadExports(sourceFiles(["src", "test", "scripts", "bench"], [".ts", ".mjs"]));
  assert.deepEqual(dead, []);
});

const user = (text: string, path = "src/base/user.ts"): SourceFile => ({ path, text });
const exporting = (text: string): SourceFile => ({ path: "src/base/a.ts", text });

for (const [name, files, dead] of [
  ["a function that only its own file calls", [exporting("export function f() {}\nf();")], ["src/base/a.ts f"]],
  ["an interface", [exporting("export interface I {}")], ["src/base/a.ts I"]],
  ["a name that is exported from a list", [exporting("const a = 1;\nexport { a as b };")], ["src/base/a.ts b"]],
  [
    "a name that is only mentioned in a comment",
    [exporting("export const a = 1;"), user('// import { a } from "./a.js";')],
    ["src/base/a.ts a"],
  ],
  [
    "another file's export of the same name",
    [exporting("export const a = 1;"), user('import { a } from "./b.js";')],
    ["src/base/a.ts a"],
  ],
  [
    "a re-export that is not imported",
    [exporting("export const a = 1;"), user('export { a } from "./a.js";', "src/base/index.ts")],
    ["src/base/index.ts a"],
  ],
  [
    "a name that a namespace does not reach",
    [exporting("export const a = 1;"), user('import * as x from "./a.js"; x.b;')],
    ["src/base/a.ts a"],
  ],
] as const) {
  test(`finds ${name}`, () => {
    assert.deepEqual(deadExports(files), dead);
  });
}

for (const [name, text, other = ""] of [
  ["an import", 'import { b, type a } from "./a.js";'],
  ["an import under another name", 'import { a as mine } from "./a.js";'],
  ["a namespace", 'import * as x from "./a.js"; x.a();'],
  ["a re-export of everything, from which it is imported", 'export * from "./a.js";', 'import { a } from "./user.js";'],
  ["an import on demand", 'const { a } = await import("./a.js");'],
] as const) {
  test(`counts ${name} as a use`, () => {
    assert.deepEqual(deadExports([exporting("export const a = 1;"), user(text), user(other, "src/base/other.ts")]), []);
  });
}
