import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";

/** Descriptions of file system error codes. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "the file does not exist",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  ENOTDIR: "a part of the path is not a directory",
  ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GB",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
};

/** @param shown the path in messages @throws CliError "file-unreadable" */
export async function readUserFile(path: string, { cwd }: CommandContext, shown = path): Promise<Buffer> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (cause) {
    throw new CliError("file-unreadable", `Cannot read ${shown}: ${reasonOf(cause)}`, { cause });
  }
}

/** @throws CliError "file-unwritable" */
export function writeOutput(path: string, bytes: Uint8Array, { cwd }: CommandContext): Promise<void> {
  return writing(path, writeFile(resolve(cwd, path), bytes));
}

/** Reports file system errors of `written` as errors of writing `path`. @throws CliError "file-unwritable" */
export async function writing(path: string, written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    const reason = codeOf(cause) === "ENOENT" ? "its directory does not exist" : reasonOf(cause);
    throw new CliError("file-unwritable", `Cannot write ${path}: ${reason}`, { cause });
  }
}

/**
 * Reports file system errors of `work` as errors of the path in them: what cannot be read or written.
 * @throws CliError "file-unreadable", "file-unwritable"
 */
export async function explainedPaths<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    const path = cause instanceof Error && "path" in cause ? `${cause.path}: ` : "";
    const isReading = codeOf(cause) === "ENOENT" || codeOf(cause) === "EISDIR";
    const code = isReading ? "file-unreadable" : "file-unwritable";
    throw new CliError(code, `${path}${reasonOf(cause)}`, { cause });
  }
}

const ownErrors = new Set(["EACCES", "EPERM", "ENOTDIR", "ENOSPC", "EROFS", "EDQUOT"]);

/** Explains a file system error in Tepal's own directories (data, cache); returns any other error unchanged. */
export function explainedFileError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || !("path" in error)) return error;
  if (!ownErrors.has(String(error.code))) return error;
  return new CliError("file-unwritable", `Cannot write ${error.path}: ${reasonOf(error)}`, {
    cause: error,
    hint: "Choose other directories with --data, --output, XDG_DATA_HOME or XDG_CACHE_HOME, or free some space.",
  });
}

/** The request from the command line, or else from standard input. */
export function requestText(
  argument: string | undefined,
  { readInput, terminal }: CommandContext,
): string | Promise<string> {
  if (argument !== undefined) return argument;
  if (terminal.interactive) terminal.note("Reading the request from standard input; Ctrl-D ends it.");
  return readInput();
}

function isFileSystemError(cause: unknown): boolean {
  return cause instanceof Error && "syscall" in cause;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

function reasonOf(cause: unknown): string {
  return reasons[codeOf(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
}
