// Data and cache directories: those of the XDG Base Directory Specification if its variables are set, else those of the
// operating system.

import { join, resolve } from "node:path";
import type { CommandContext } from "./command-context.js";

type Environment = Pick<CommandContext, "env" | "cwd" | "homeDir" | "platform">;

/** The cloud's data directory: `--data`, else $XDG_DATA_HOME/tepal, else ~/.local/share/tepal on Linux. */
export function dataDirectory({ env, cwd, homeDir, platform }: Environment, option?: string): string {
  if (option !== undefined) return resolve(cwd, option);
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, "tepal");
  if (platform === "win32") return join(localAppData({ env, homeDir }), "tepal", "data");
  if (platform === "darwin") return join(homeDir, "Library", "Application Support", "tepal");
  return join(homeDir, ".local", "share", "tepal");
}

/** The cache directory: base image layers and other files that can be created again. */
export function cacheDirectory({ env, homeDir, platform }: Omit<Environment, "cwd">): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, "tepal");
  if (platform === "win32") return join(localAppData({ env, homeDir }), "tepal", "cache");
  if (platform === "darwin") return join(homeDir, "Library", "Caches", "tepal");
  return join(homeDir, ".cache", "tepal");
}

function localAppData({ env, homeDir }: Pick<Environment, "env" | "homeDir">): string {
  return env.LOCALAPPDATA || join(homeDir, "AppData", "Local");
}

/** The path with the home directory abbreviated: "~/.local/share/tepal". */
export function shownPath(path: string, { homeDir }: CommandContext): string {
  return path.startsWith(`${homeDir}/`) ? `~${path.slice(homeDir.length)}` : path;
}
