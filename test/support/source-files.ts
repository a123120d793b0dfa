// The project's own files and what is written in them, for the tests of the architecture.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "./project.js";

export interface SourceFile {
  /** Relative to the project, with slashes: "src/base/clock.ts". */
  readonly path: string;
  readonly text: string;
}

/** The files under these directories, but for fixtures and what is built. */
export function sourceFiles(directories: readonly string[], extensions: readonly string[]): SourceFile[] {
  return directories.flatMap((directory) =>
    readdirSync(projectPath(directory), { recursive: true, encoding: "utf8" })
      .map((name) => `${directory}/${name.replaceAll("\\", "/")}`)
      .filter((path) => extensions.some((extension) => path.endsWith(extension)) && !path.includes("/fixtures/"))
      .sort()
      .map((path) => ({ path, text: readFileSync(join(projectPath(path)), "utf8") })),
  );
}

export interface Passage {
  readonly kind: "comment" | "string" | "code";
  /** Of its first character, from 1. */
  readonly line: number;
  readonly text: string;
}

/** After one of these a slash begins a regular expression; after anything else it divides. */
const beforeExpression = /(?:^|[([{,;=:!&|?+\-*%<>~^]|\b(?:return|typeof|case|await|in|of|yield))\s*$/;

/** Splits TypeScript or JavaScript into comments, strings and the code between them. Regular expressions are code. */
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = [];
  let line = 1;
  let code = "";
  let codeLine = 1;
  let at = 0;
  const add = (kind: Passage["kind"], part: string) => {
    if (kind !== "code" && code !== "") {
      passages.push({ kind: "code", line: codeLine, text: code });
      code = "";
    }
    if (kind !== "code") passages.push({ kind, line, text: part });
    else {
      if (code === "") codeLine = line;
      code += part;
    }
    line += part.split("\n").length - 1;
  };
  /** Takes what a sticky expression matches here, or one character. */
  const take = (kind: Passage["kind"], expression: RegExp): void => {
    expression.lastIndex = at;
    const part = expression.exec(text)?.[0] ?? text.charAt(at);
    add(kind, part);
    at += part.length;
  };
  /** For each open template literal, how many braces are open in its expression. */
  const templates: number[] = [];
  while (at < text.length) {
    const depth = templates.at(-1);
    const next = text.charAt(at);
    if (text.startsWith("//", at)) take("comment", /\/\/.*/y);
    else if (text.startsWith("/*", at)) take("comment", /\/\*[\s\S]*?\*\//y);
    else if (next === "/" && beforeExpression.test(code.slice(-40))) {
      take("code", /\/(?:\[(?:\\.|[^\]\\\n])*\]|\\.|[^/\\\n[])+\/[a-z]*/y);
    } else if (next === '"') take("string", /"(?:\\.|[^"\\\n])*"/y);
    else if (next === "'") take("string", /'(?:\\.|[^'\\\n])*'/y);
    else if (next === "`" || (next === "}" && depth === 0)) {
      if (next === "}") templates.pop();
      take("string", /[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:\$\{|`)/y);
      if (passages.at(-1)?.text.endsWith("${")) templates.push(0);
    } else {
      if (depth !== undefined && next === "{") templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && next === "}") templates[templates.length - 1] = depth - 1;
      take("code", /[\w$\s.()[\];,=:<>+*&|?!-]+|[\s\S]/y);
    }
  }
  if (code !== "") passages.push({ kind: "code", line: codeLine, text: code });
  return passages;
}

/** The code of a file, without comments; strings stay. */
export function withoutComments(text: string): string {
  return passagesOf(text)
    .filter(({ kind }) => kind !== "comment")
    .map((passage) => passage.text)
    .join("");
}
