// The files that a deployment depends on, and the wait for a change of one of them.

import { type Dirent, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { TepalError } from "../base/index.js";
import { codeFiles } from "../image/index.js";
import { type CodeChoice, looksLikeCode } from "./code-source.js";
import type { CommandContext } from "./command-context.js";
import { isFileSystemError } from "./files.js";
import { modelPaths } from "./model-source.js";
import { requestedModel, specPathOf } from "./spec-file.js";

/**
 * Files are looked at instead of asking the system for events: events do not cross network and container file systems,
 * and many programs replace a file instead of writing it.
 */
const pollMs = 250;
/** A file that has not changed for so long is complete; copying a large one changes it all the time. */
const quietMs = 400;
/** More than a large project has. */
const filesMax = 20_000;

interface WatchChoice extends CodeChoice {
  readonly model: readonly string[];
  readonly config: string | undefined;
}

/** Absolute paths of the model files, the files of a code directory, and the spec file. */
export async function watchedPaths(choice: WatchChoice, context: CommandContext): Promise<string[]> {
  const spec = specPathOf(choice, context);
  const paths = spec === undefined ? [] : [spec];
  try {
    const requested = await requestedModel(choice, context);
    const { value, directory } = requested;
    const path = typeof value === "string" ? resolve(directory, value) : undefined;
    if (path !== undefined && looksLikeCode(path, choice) && statSync(path).isDirectory()) {
      return [...paths, path, ...codeFiles(path).files.map(({ source }) => source)];
    }
    return [...paths, ...modelPaths(requested).flatMap(withInnerFiles)];
  } catch (error) {
    // The spec file or a directory is being written: what is wrong with it is the error of the deployment.
    if (error instanceof TepalError || isFileSystemError(error)) return paths;
    throw error;
  }
}

function withInnerFiles(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const inner: Dirent[] = readdirSync(path, { recursive: true, withFileTypes: true });
  return [path, ...inner.slice(0, filesMax).map((entry) => join(entry.parentPath ?? entry.path, entry.name))];
}

/** What a change of a file changes. A file that does not exist has a state too. */
export function stateOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const found = statSync(path, { throwIfNoEntry: false, bigint: true });
      return found ? `${path}\0${found.mtimeNs}\0${found.size}\0${found.ino}` : path;
    })
    .join("\n");
}

/**
 * Resolves when the files have another state than `before` and have kept it for a moment, with that state; undefined
 * when `stop` is aborted.
 */
export async function waitForChange(
  before: string,
  current: () => Promise<string>,
  { clock, sleep, stop }: Pick<CommandContext, "clock" | "sleep" | "stop">,
): Promise<string | undefined> {
  let last = before;
  let changedMs = clock.elapsedMs();
  while (!stop.aborted) {
    await sleep(pollMs, stop);
    const state = await current();
    if (state !== last) {
      last = state;
      changedMs = clock.elapsedMs();
    } else if (state !== before && clock.elapsedMs() - changedMs >= quietMs) return state;
  }
  return undefined;
}
