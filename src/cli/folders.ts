// Where things are kept on this machine, after the XDG base directory specification.

import { join, resolve } from "node:path";
import type { CommandContext } from "./command-context.js";

/** The cloud's data: `--data`, else $XDG_DATA_HOME/tepal, else ~/.local/share/tepal. */
export function dataFolder({ env, cwd, homeDir }: CommandContext, given?: string): string {
  if (given !== undefined) return resolve(cwd, given);
  return join(env.XDG_DATA_HOME || join(homeDir, ".local", "share"), "tepal");
}

/** What can be made again: layers of base images. */
export function cacheFolder({ env, homeDir }: CommandContext): string {
  return join(env.XDG_CACHE_HOME || join(homeDir, ".cache"), "tepal");
}

/** "~/.local/share/tepal" for people. */
export function shownPath(path: string, { homeDir }: CommandContext): string {
  return path.startsWith(`${homeDir}/`) ? `~${path.slice(homeDir.length)}` : path;
}
