// Plain technical English: the words that STYLE.md bans are in no source file, test, script or page.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath, projectRoot } from "./support/project.js";
import { passagesOf, type SourceFile, sourceFiles } from "./support/source-files.js";

interface Ban {
  readonly words: RegExp;
  /** Comments and strings, strings alone, or everything including names in code. */
  readonly where: "prose" | "strings" | "everything";
  readonly instead: string;
}

const ban = (words: string, where: Ban["where"], instead: string): Ban => ({
  // Words of a phrase may be on two lines of a comment.
  words: new RegExp(`(?<![\\w-])(?:${words.replaceAll(" ", "(?: |\\n\\s*(?:\\*|//) )")})(?![\\w-])`, "gi"),
  where,
  instead,
});

const bans: readonly Ban[] = [
  ban(
    "(?:is|are|was) no (?:model|image|list|number|object|array|string|table|file|pickle)s?",
    "prose",
    "not a ..., unrecognized ...",
  ),
  ban("a text|texts", "prose", "string, strings"),
  ban("folders?", "strings", "directory"),
  ban("nobody|somebody|whoever", "prose", "the subject: the caller, the user, the function"),
  ban("(?:is|are|was|were) none|none such|such is", "prose", "not found, no ..."),
  ban("answers|answered|answering", "prose", "returns; a service responds"),
  ban("asks|is asked|are asked|was asked", "prose", "calls, requests"),
  ban("(?:is|are) not built|(?:is|are) not there", "prose", "is not implemented, does not exist"),
  ban("may not", "prose", "is not allowed, must not; might not"),
  ban("mind the|mends?|mended|takes? out|taken out|lays?|laid", "prose", "check, fix, remove, add"),
  ban(
    "refused|refuses?|refusals?|refusing",
    "prose",
    "rejected (input), denied (permission), unsupported (feature), error",
  ),
  ban("empty stack|is remembered|are remembered", "prose", "stack underflow; memo key not found"),
  ban(
    "leads? through|the way leads|stands?|lies|house|doors?|front-door",
    "prose",
    "flows through; is; is in; project; public interface",
  ),
  ban(
    "handed in|hands? in|is made of|the lowest up|kept words|somebody else's",
    "prose",
    "is passed, consists of, in order, reserved names",
  ),
  ban("Wanted|patience|Surroundings|doors|grove|Preparations", "everything", "the names of STYLE.md's glossary"),
];

/** What others wrote: messages of AWS, of the operating system and of other programs. Each entry is a whole phrase. */
const quoted: readonly RegExp[] = [
  /connection refused/gi,
  // Python.
  /\bis None\b/g,
  // The passwd file of images.
  /nobody:x:65534:65534:nobody/g,
  // scikit-learn's English stop words.
  /nobody\s+none noone/gi,
  /who whoever whole/gi,
];

function bannedWords({ path, text }: SourceFile): string[] {
  const passages = path.endsWith(".md") ? [{ kind: "string" as const, line: 1, text }] : passagesOf(text);
  return passages.flatMap((passage) => {
    const own = quoted.reduce((rest, words) => rest.replace(words, (found) => " ".repeat(found.length)), passage.text);
    return bans
      .filter(({ where }) => passage.kind !== "code" || where === "everything")
      .filter(({ where }) => passage.kind !== "comment" || where !== "strings")
      .flatMap(({ words, instead }) =>
        [...own.matchAll(words)].map((found) => {
          const line = passage.line + own.slice(0, found.index).split("\n").length - 1;
          return `${path}:${line}: "${found[0].replaceAll(/\s+/g, " ")}"; write: ${instead}`;
        }),
      );
  });
}

/** This file names the banned words. */
const ownPath = "test/banned-words.test.ts";

test("the words that STYLE.md bans are not used", () => {
  const files = [
    ...sourceFiles(["src", "test", "scripts", "bench"], [".ts", ".mjs", ".md"]),
    ...sourceFiles(["docs"], [".md"]),
    ...readdirSync(projectRoot)
      .filter((name) => name.endsWith(".md"))
      .map((path) => ({ path, text: readFileSync(projectPath(path), "utf8") })),
  ].filter(({ path }) => path !== ownPath);
  const found = files.flatMap(bannedWords);
  assert.deepEqual(found, []);
});

for (const [name, path, text] of [
  ["a comment", "src/x.ts", "// The file is refused\n"],
  ["a string", "src/x.ts", 'throw new Error("May not be empty");'],
  ["a template literal", "src/x.ts", "const a = `#{f({ b: `x` })} is refused`;".replace("#", "$")],
  ["a test's name", "src/x.test.ts", 'test("a door", () => {});'],
  ["a page", "docs/x.md", "Nobody knows."],
  ["a phrase on two lines", "src/x.ts", "/**\n * A caller may\n * not do this.\n */"],
  ["a banned name", "src/x.ts", "const grove = 1;"],
  ["a string after a regular expression with a quote", "src/x.ts", 'const a = /["`]/; f("is refused");'],
] as const) {
  test(`finds a banned word in ${name}`, () => {
    assert.equal(bannedWords({ path, text }).length, 1);
  });
}

for (const [name, path, text] of [
  ["a word that contains a banned one", "src/x.ts", "// outdoors, standstill\n"],
  ["a name in code", "src/x.ts", "const answers = refused;"],
  ["a directory in a comment", "src/x.ts", "// a folder\n"],
  ["the operating system's error", "src/x.ts", 'f("Connection refused");'],
] as const) {
  test(`allows ${name}`, () => {
    assert.deepEqual(bannedWords({ path, text }), []);
  });
}
