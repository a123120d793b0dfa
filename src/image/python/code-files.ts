// Which files of the user's directory go into the image.

import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import { ImageError } from "../errors.js";
import { looksLikeImage } from "../layout/read-image.js";
import { isIgnored, parseIgnoreFile } from "./ignore-file.js";

export interface CodeFile {
  /** Relative to the directory, with slashes. */
  readonly path: string;
  /** On this machine. */
  readonly source: string;
  /** Bytes. */
  readonly size: number;
  readonly executable: boolean;
  /** Of a symbolic link, relative to its own directory. */
  readonly linkPath?: string;
}

interface CodeFiles {
  /** In order of their paths. */
  readonly files: readonly CodeFile[];
  /** Paths that were left out because such files contain passwords and keys. */
  readonly secrets: readonly string[];
}

/** Lambda's limit for an image is 10 GB. */
const bytesMax = 10e9;
/** More than a large project has; a home directory that was named by mistake has more. */
const filesMax = 50_000;
const depthMax = 64;

/** The first that exists is used. */
const ignoreFiles = [".tepalignore", ".dockerignore"];
/** Caches and settings of tools. */
const omitted =
  /^(\.git|\.hg|\.svn|__pycache__|.*\.py[co]|\.(pytest|mypy|ruff)_cache|\.ipynb_checkpoints|\.tox|\.nox|\.idea|\.vscode|\.aws-sam|\.DS_Store|node_modules|\.(git|docker|tepal)ignore|\.gitattributes)$/;
/** Lists of packages are not used when the function runs, and can contain the password of a package index. */
const packageLists =
  /^(requirements.*\.(txt|in|lock)|constraints.*\.txt|pyproject\.toml|(uv|poetry|pdm)\.(lock|toml)|Pipfile(\.lock)?)$/;
const secret = /^(\.env(\..+)?|\.envrc|\.netrc|\.pypirc|pip\.conf|\.aws|\.ssh)$/;
/** `.env.example` is documentation. */
const secretTemplate = /\.(example|sample|template|dist)$/;

/**
 * The files of a directory, without caches, virtual environments, images, package lists, files with secrets, and what
 * .tepalignore (or else .dockerignore) excludes. Symbolic links within the directory are kept as links.
 * @param lists absolute paths of other package lists
 * @throws ImageError "image-code-file" for a link that leaves the directory and for what is neither file nor directory,
 * "image-code-limit"
 */
export function codeFiles(directory: string, lists: ReadonlySet<string> = new Set()): CodeFiles {
  const root = realpathSync(directory);
  const ignoreFile = ignoreFiles.map((name) => join(root, name)).find((path) => existsSync(path));
  const rules = ignoreFile === undefined ? [] : parseIgnoreFile(readFileSync(ignoreFile, "utf8"));
  const files: CodeFile[] = [];
  const secrets: string[] = [];
  let bytes = 0;

  const visit = (path: string, depth: number): void => {
    for (const name of readdirSync(path).sort()) {
      const source = join(path, name);
      const inRoot = relative(root, source).replaceAll(sep, "/");
      const stats = lstatSync(source, { throwIfNoEntry: false });
      if (!stats || isOmitted(source, stats) || lists.has(source)) continue;
      if (secret.test(name) && !secretTemplate.test(name)) {
        secrets.push(inRoot);
      } else if (stats.isDirectory()) {
        // Not skipped if ignored: `!` patterns can include files of the directory.
        if (depth === depthMax) throw limit(root, `${inRoot} is nested more than ${depthMax} directories deep`);
        visit(source, depth + 1);
      } else if (!isIgnored(rules, inRoot)) {
        const file = codeFile(root, source, inRoot, stats);
        bytes += file.size;
        files.push(file);
        if (files.length > filesMax) throw limit(root, `it has more than ${filesMax} files`);
        if (bytes > bytesMax) throw limit(root, `its files have more than ${bytesMax / 1e9} GB`);
      }
    }
  };
  visit(root, 0);
  return { files, secrets };
}

function isOmitted(source: string, stats: Stats): boolean {
  const name = basename(source);
  if (omitted.test(name)) return true;
  if (stats.isDirectory()) return existsSync(join(source, "pyvenv.cfg")) || existsSync(join(source, "oci-layout"));
  return packageLists.test(name) || (stats.isFile() && name.endsWith(".tar") && looksLikeImage(source));
}

function codeFile(root: string, source: string, path: string, stats: Stats): CodeFile {
  if (stats.isFile()) return { path, source, size: stats.size, executable: (stats.mode & 0o100) !== 0 };
  if (!stats.isSymbolicLink()) throw invalid(source, `${path} is not a file, directory or symbolic link`);
  let target: string;
  try {
    target = relative(root, realpathSync(source)).replaceAll(sep, "/");
  } catch (cause) {
    throw invalid(source, `${path} is a symbolic link to a file that does not exist`, cause);
  }
  if (target === ".." || target.startsWith("../")) {
    throw invalid(source, `${path} is a symbolic link to a file outside of the directory`);
  }
  const linkPath = posix.relative(posix.dirname(path), target) || ".";
  return { path, source, size: 0, executable: false, linkPath };
}

function invalid(source: string, message: string, cause?: unknown) {
  return new ImageError("image-code-file", message, { place: { file: source }, cause });
}

function limit(root: string, message: string) {
  return new ImageError("image-code-limit", `${basename(root) || dirname(root)} is too large: ${message}`, {
    place: { file: root },
  });
}
