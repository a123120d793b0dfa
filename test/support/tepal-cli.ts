import { projectPath } from "./project.js";
import { runWell } from "./run.js";

/** Runs the built `tepal` command, which must succeed, with its cache in this directory. */
export const tepal = (args: readonly string[], cacheDirectory: string): Promise<string> =>
  runWell(process.execPath, [projectPath("dist/tepal.js"), ...args], { env: { XDG_CACHE_HOME: cacheDirectory } });
