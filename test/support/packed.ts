// The package as `npm pack` writes it, installed as its users install it.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath, projectRoot } from "./project.js";
import { run, runWell } from "./run.js";

/** npm without a network: the registry cannot be reached, and the dependencies are not in npm's cache. */
const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENOTCACHED|ETIMEDOUT/;

/** Packs the built package. Returns the path of the archive. */
export async function packPackage(directory: string): Promise<string> {
  // Without the build of "prepack": other tests run what is in dist/.
  const words = ["pack", "--ignore-scripts", "--json", "--pack-destination", directory];
  const [{ filename }] = JSON.parse(await runWell("npm", words, { cwd: projectRoot })) as [{ filename: string }];
  return join(directory, filename);
}

/**
 * Runs npm, whose cache is shared by test runs. Returns what it printed; undefined on a machine without a
 * network.
 */
export async function npm(words: readonly string[], cwd: string, env = {}): Promise<string | undefined> {
  const npmEnv = { npm_config_cache: projectPath(".build/cache/npm"), npm_config_prefer_offline: "true", ...env };
  const { status, stdout, stderr } = await run("npm", words, { cwd, env: npmEnv });
  if (status === 0) return stdout.trim();
  if (noNetwork.test(stderr)) return undefined;
  throw new Error(`npm ${words.join(" ")} ended with status ${status}: ${stderr}${stdout}`);
}

/** A directory with a package.json, as users' projects are. */
export function newProject(directory: string): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
  return directory;
}
