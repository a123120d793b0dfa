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
  const add = (kind: Passage["kind"], part: string) => {
    if (kind !== "code" && code !== "") passages.push({ kind: "code", line: codeLine, text: code });
    if (kind === "code") {
      if (code === "") codeLine = line;
      code += part;
    } else {
      passages.push({ kind, line, text: part });
      code = "";
    }
    line += part.split("\n").length - 1;
  };
  /** For each open template literal, how many braces are open in its expression. */
  const templates: number[] = [];
  let rest = text;
  const take = (kind: Passage["kind"], expression: RegExp): void => {
    const part = expression.exec(rest)?.[0] ?? rest.slice(0, 1);
    add(kind, part);
    rest = rest.slice(part.length);
  };
  while (rest !== "") {
    const depth = templates.at(-1);
    if (rest.startsWith("//")) take("comment", /^\/\/.*/);
    else if (rest.startsWith("/*")) take("comment", /^\/\*[\s\S]*?\*\//);
    else if (rest.startsWith("/") && beforeExpression.test(code.slice(-40))) {
      take("code", /^\/(?:\[(?:\\.|[^\]\\\n])*\]|\\.|[^/\\\n[])+\/[a-z]*/);
    } else if (rest.startsWith('"')) take("string", /^"(?:\\.|[^"\\\n])*"/);
    else if (rest.startsWith("'")) take("string", /^'(?:\\.|[^'\\\n])*'/);
    else if (rest.startsWith("`") || (rest.startsWith("}") && depth === 0)) {
      if (rest.startsWith("}")) templates.pop();
      take("string", /^[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:\$\{|`)/);
      if (passages.at(-1)?.text.endsWith("${")) templates.push(0);
    } else {
      if (depth !== undefined && rest.startsWith("{")) templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && rest.startsWith("}")) templates[templates.length - 1] = depth - 1;
      take("code", /^(?:[\w$\s.]+|.)/);
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
