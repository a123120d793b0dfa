// Where things are kept on this machine, after the XDG base directory specification.

import { join, resolve } from "node:path";
import type { World } from "./world.js";

/** The cloud's data: `--data`, else $XDG_DATA_HOME/tepal, else ~/.local/share/tepal. */
export function dataFolder({ env, cwd, homeDir }: World, given?: string): string {
  if (given !== undefined) return resolve(cwd, given);
  return join(env.XDG_DATA_HOME || join(homeDir, ".local", "share"), "tepal");
}

/** What can be made again: layers of base images. */
export function cacheFolder({ env, homeDir }: World): string {
  return join(env.XDG_CACHE_HOME || join(homeDir, ".cache"), "tepal");
}

/** "~/.local/share/tepal" for people. */
export function shownPath(path: string, { homeDir }: World): string {
  return path.startsWith(`${homeDir}/`) ? `~${path.slice(homeDir.length)}` : path;
}
