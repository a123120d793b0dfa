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
  EDQUOT: "the disk quota is used up",
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
  if (!isFileSystemError(error)) return error;
  // Node reports a read-only file system so when it creates a directory with its parents.
  const isReadOnly = error.code === "ENOENT" && error.syscall === "mkdir";
  if (!ownErrors.has(String(error.code)) && !isReadOnly) return error;
  // An error of writing into an open file has no path.
  const what = error.path ?? "to the cache or data directory";
  const reason = isReadOnly ? "its directory does not exist and cannot be created" : reasonOf(error);
  return new CliError("file-unwritable", `Cannot write ${what}: ${reason}`, {
    cause: error,
    hint: "Choose other directories with --data, --output, XDG_DATA_HOME or XDG_CACHE_HOME, or free some space.",
  });
}

/** What `requestText` accepts, for the help of an argument. */
export const requestForms = "JSON, @FILE, or - for standard input";

/** Whether an argument is a request by its form alone: JSON, @FILE or -. */
export function looksLikeRequest(argument: string): boolean {
  return argument === "-" || /^(?:@.|\s*[[{])/.test(argument);
}

/**
 * The request from the command line: itself, the content of `@FILE`, or standard input for `-` and by default.
 * @throws CliError "file-unreadable"
 */
export async function requestText(argument: string | undefined, context: CommandContext): Promise<string> {
  if (argument?.startsWith("@")) return (await readUserFile(argument.slice(1), context)).toString("utf8");
  if (argument !== undefined && argument !== "-") return argument;
  const { readInput, terminal } = context;
  if (terminal.interactive) terminal.note("Reading the request from standard input; Ctrl-D ends it.");
  return readInput();
}

export function isFileSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && "syscall" in cause;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

function reasonOf(cause: unknown): string {
  return reasons[codeOf(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
}
