import { readFile, writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { TepalError } from "../base/index.js";
import { type Model, readModel } from "../model/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";

/** What the file system says, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "this user may not",
  EPERM: "this user may not",
  ENOTDIR: "a part of the path is no folder",
  ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GB",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
};

/** @throws CliError "file-unreadable" */
export async function readUserFile(path: string, { cwd }: CommandContext): Promise<Buffer> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (cause) {
    throw new CliError("file-unreadable", `${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

/** @throws CliError "file-unwritable" */
export function writeOutput(path: string, bytes: Uint8Array, { cwd }: CommandContext): Promise<void> {
  return writing(path, writeFile(resolve(cwd, path), bytes));
}

/** What the file system refuses while an output is written. @throws CliError "file-unwritable" */
export async function writing(path: string, written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    const reason = codeOf(cause) === "ENOENT" ? "its folder does not exist" : reasonOf(cause);
    throw new CliError("file-unwritable", `${path} cannot be written: ${reason}`, { cause });
  }
}

const ownFaults = new Set(["EACCES", "EPERM", "ENOTDIR", "ENOSPC", "EROFS", "EDQUOT"]);

/** What the file system refuses in Tepal's own folders (data, cache), as an error that a user can act on; any other error as it is. */
export function explainedFileFault(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || !("path" in error)) return error;
  if (!ownFaults.has(String(error.code))) return error;
  return new CliError("file-unwritable", `${error.path} cannot be written: ${reasonOf(error)}`, {
    cause: error,
    hint: "Choose other folders with --data, --output, XDG_DATA_HOME or XDG_CACHE_HOME, or free some space.",
  });
}

/** A request that was given on the command line, or else standard input. */
export function requestText(
  given: string | undefined,
  { readInput, terminal }: CommandContext,
): string | Promise<string> {
  if (given !== undefined) return given;
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

/** A model file as the user has it, and the model read from it. */
export interface ModelFile {
  /** The file's own name, without its folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly model: Model;
}

/** @throws CliError "file-unreadable", and whatever the file is refused for, with its name as the place */
export async function readModelFile(path: string, context: CommandContext): Promise<ModelFile> {
  const bytes = await readUserFile(path, context);
  try {
    return { name: basename(path), bytes, model: await readModel(bytes) };
  } catch (error) {
    if (!(error instanceof TepalError)) throw error;
    throw error.with({ place: { file: path } });
  }
}
