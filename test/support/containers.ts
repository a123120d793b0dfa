// Runs container tools, each with its own storage.

import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { temporaryDirectory } from "./temporary-directory.js";

export type Tool = (...args: string[]) => Promise<string>;

/** Runs a program and returns its output. Throws with its error output. */
export async function runTool(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { encoding: "utf8", env, maxBuffer: 64 << 20 });
  return stdout;
}

/** Reason to skip a test that runs a container: runc creates a control group for it, which nested sandboxes deny. */
export function cannotRunContainers(): string | false {
  const version1 = "/sys/fs/cgroup/memory";
  try {
    rmdirSync(mkdtempSync(join(existsSync(version1) ? version1 : "/sys/fs/cgroup", "tepal-test-")));
    return false;
  } catch (error) {
    return `control groups cannot be created: ${error instanceof Error ? error.message : error}`;
  }
}

/**
 * podman or buildah with storage that is removed when the test ends. Requires neither systemd nor the overlay file
 * system, and does not change resource limits.
 */
export function containerTool(t: TestContext, program: "podman" | "buildah"): Tool {
  const folder = temporaryDirectory(t);
  const config = join(folder, "containers.conf");
  writeFileSync(config, "[containers]\ndefault_ulimits = []\n");
  const storage = ["--root", join(folder, "root"), "--runroot", join(folder, "run"), "--storage-driver", "vfs"];
  const engine = program === "podman" ? ["--runtime", "runc", "--cgroup-manager", "cgroupfs"] : [];
  const env = { ...process.env, CONTAINERS_CONF: config };
  // Before the directory is removed: only the engine can remove the read-only directories of images.
  t.after(() => spawnSync(program, [...storage, "rmi", "--all", "--force"], { env }));
  return (...args) => runTool(program, [...engine, ...storage, ...args], env);
}
