// requirements.txt as far as Tepal must understand it: which files belong to it, which index options, and what would
// need a compiler. Everything else is read by pip or uv.

import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { CliError } from "../errors.js";

interface RequirementsFiles {
  /** Contents by absolute path: the file itself, then what it includes with -r and -c. */
  readonly texts: ReadonlyMap<string, string>;
  /** Lines such as `--extra-index-url URL`, which an installation needs too. They can contain passwords. */
  readonly indexOptions: readonly string[];
  /** Whether no package is required. */
  readonly isEmpty: boolean;
}

/** Files that include each other; real projects have under ten. */
const filesMax = 100;
const include = /^(?:-r|-c|--requirement|--constraint)(?:\s*=\s*|\s+|(?<=-[rc]))(.+)$/;
const indexOption = /^(?:-i|--index-url|--extra-index-url|--no-index|-f|--find-links|--trusted-host)\b/;
const findLinks = /^(-f|--find-links)(?:\s*=\s*|\s+)(.+)$/;
const source = /(?:^|@\s*)(?:git|hg|svn|bzr)\+|\.(?:zip|tar\.(?:gz|bz2|xz)|tgz)(?:#|\s|$)/;
const localPath = /^(?:\.{1,2}(?:\/|$)|\/|~\/|file:)/;

/** @throws CliError "file-unreadable", "requirements-unsupported" for what must be built from source */
export function readRequirementsFiles(path: string): RequirementsFiles {
  const texts = new Map<string, string>();
  const indexOptions: string[] = [];
  let isEmpty = true;
  const visit = (path: string, includedBy: string | undefined): void => {
    if (texts.has(path)) return;
    const place = { file: includedBy ?? path };
    if (texts.size === filesMax) {
      throw new CliError("requirements-unsupported", `${path} includes more than ${filesMax} files`, { place });
    }
    if (!existsSync(path)) throw new CliError("file-unreadable", `${path} does not exist`, { place });
    const text = readFileSync(path, "utf8");
    texts.set(path, text);
    for (const { line, row } of logicalLines(text)) {
      const included = include.exec(line)?.[1]?.replace(/^(["'])(.*)\1$/, "$2");
      if (included !== undefined && !/^https?:/.test(included)) visit(resolve(dirname(path), included), path);
      else if (indexOption.test(line)) indexOptions.push(absoluteOption(line, dirname(path)));
      else {
        rejectSource(line, { file: path, row });
        isEmpty = false;
      }
    }
  };
  visit(path, undefined);
  return { texts, indexOptions, isEmpty };
}

/** Lines without comments; a backslash at the end joins two. `row` counts from 1. */
export function logicalLines(text: string): { readonly line: string; readonly row: number }[] {
  const lines: { line: string; row: number }[] = [];
  let joined = "";
  let start = 1;
  for (const [index, physical] of text.split(/\r?\n/).entries()) {
    if (joined === "") start = index + 1;
    const continues = physical.endsWith("\\") && !/^\s*#/.test(physical);
    joined += continues ? `${physical.slice(0, -1).trimEnd()} ` : physical;
    if (continues) continue;
    const line = joined.replace(/(^|\s)#.*$/, "").trim();
    if (line !== "") lines.push({ line, row: start });
    joined = "";
  }
  return lines;
}

function absoluteOption(line: string, directory: string): string {
  const [, name, path = ""] = findLinks.exec(line) ?? [];
  const absolute = join(directory, path);
  return name !== undefined && !isAbsolute(path) && existsSync(absolute) ? `${name} ${absolute}` : line;
}

function rejectSource(line: string, place: { readonly file: string; readonly row: number }): void {
  const editable = /^(-e|--editable)\b/.test(line);
  const local = localPath.test(line) && !/\.whl(?:#|\s|$)/.test(line);
  if (!editable && !local && !source.test(line) && !/^--no-binary\b/.test(line)) return;
  throw new CliError("requirements-unsupported", `"${line.split(/\s+--hash/)[0]}" must be built from source`, {
    place,
  });
}
