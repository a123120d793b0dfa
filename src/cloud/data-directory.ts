// The cloud's data directory: created if it does not exist, and readable by its owner only, because models and code are
// in it.

import { accessSync, chmodSync, constants, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { CloudError } from "./errors.js";

const privateMode = 0o700;
/** The cloud's subdirectories: documents and blobs, and the unpacked code of functions. */
const subdirectories = ["store", "lambda"] as const;
/** Files that `tepal cloud start` writes beside them. */
const logFile = /^cloud-\d+\.log$/;

/**
 * Creates the data directory and its subdirectories, and takes away the access of other users.
 * A directory that contains other files keeps its own mode: it is not the cloud's alone (`--data /tmp`).
 * @throws CloudError "data-directory-unusable"
 */
export function prepareDataDirectory(path: string): void {
  try {
    createDirectory(path);
    const isOnlyOurs = readdirSync(path).every(
      (name) => logFile.test(name) || subdirectories.some((own) => own === name),
    );
    if (isOnlyOurs) makePrivate(path);
    accessSync(path, constants.W_OK);
    for (const name of subdirectories) {
      createDirectory(join(path, name));
      makePrivate(join(path, name));
    }
  } catch (error) {
    throw unusable(path, error);
  }
}

/**
 * The error for a data directory in which `work` failed, if the file system is the reason; any other error as it is.
 */
export function withDataDirectory<R>(path: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): unknown {
  if (!(error instanceof Error && "syscall" in error && "code" in error)) return error;
  return new CloudError("data-directory-unusable", `Cannot use ${path} as the data directory: ${error.message}`, {
    cause: error,
  });
}

/** One level at a time: Node's recursive mkdir never returns below /proc. */
function createDirectory(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(path);
  if (parent !== path) createDirectory(parent);
  try {
    mkdirSync(path, privateMode);
  } catch (error) {
    // Another process can have created it meanwhile.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function makePrivate(path: string): void {
  const { mode, uid } = statSync(path);
  const isOwner = process.getuid === undefined || process.getuid() === uid || process.getuid() === 0;
  if ((mode & 0o077) !== 0 && isOwner) chmodSync(path, privateMode);
}
