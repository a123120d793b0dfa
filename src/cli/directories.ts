// Data and cache directories, following the XDG Base Directory Specification.

import { join, resolve } from "node:path";
import type { CommandContext } from "./command-context.js";

/** The cloud's data directory: `--data`, else $XDG_DATA_HOME/tepal, else ~/.local/share/tepal. */
export function dataDirectory({ env, cwd, homeDir }: CommandContext, option?: string): string {
  if (option !== undefined) return resolve(cwd, option);
  return join(env.XDG_DATA_HOME || join(homeDir, ".local", "share"), "tepal");
}

/** The cache directory: base image layers and other files that can be created again. */
export function cacheDirectory({ env, homeDir }: CommandContext): string {
  return join(env.XDG_CACHE_HOME || join(homeDir, ".cache"), "tepal");
}

/** The path with the home directory abbreviated: "~/.local/share/tepal". */
export function shownPath(path: string, { homeDir }: CommandContext): string {
  return path.startsWith(`${homeDir}/`) ? `~${path.slice(homeDir.length)}` : path;
}
