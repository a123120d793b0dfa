// Finds the best sandbox of this machine by trying it once.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../../base/index.js";
import type { WatchMemory } from "./child.js";
import { execErrorOf } from "./exec-helper/exec-helper.js";
import { findGroups, removeStaleGroups, watchGroup, watchResident } from "./memory.js";
import { namespacesSandbox } from "./namespaces.js";
import { plainProcessSandbox } from "./plain-process.js";
import type { Sandbox } from "./sandbox.js";

interface MachineFacts {
  readonly platform: string;
  /** Node's `process.arch`. */
  readonly architecture: string;
  /** Of the current user; undefined on systems without user ids. */
  readonly uid: number | undefined;
  /** The Node executable. */
  readonly execPath: string;
  /** The runtime that this Tepal puts into function images. */
  readonly runtimePath: string | undefined;
  /** The id of the probe, unique among all environments of this machine. */
  readonly probeId: string;
  /** Directory for the sandbox's files. */
  readonly dir: string;
  readonly nowMs: () => number;
  readonly log: Log;
}

/** The facts about the machine that this process is running on. */
export function machineFacts() {
  const { platform, arch: architecture, execPath } = process;
  return { platform, architecture, execPath, uid: process.getuid?.() };
}

/** An attempt takes about 10 ms on an idle machine. */
const probeMsMax = 30_000;

/** Returns the best sandbox of this machine. */
export async function chooseSandbox(facts: MachineFacts): Promise<Sandbox> {
  const watchMemory = memoryWatcher(facts);
  const plain = (reason: string) => plainProcessSandbox({ ...facts, dir: join(facts.dir, "tmp"), reason, watchMemory });
  if (facts.platform !== "linux") return plain(`this is ${facts.platform}, not Linux`);
  const namespaces = namespacesSandbox({
    asRoot: facts.uid === 0,
    dir: facts.dir,
    architecture: facts.architecture,
    watchMemory,
  });
  if (!namespaces) return plain(`this is an unsupported processor (${facts.architecture})`);
  const error = await probe(namespaces, facts);
  return error === undefined ? namespaces : plain(`Linux namespaces do not work on this machine: ${error}`);
}

/**
 * Starts a command that does not exist: when the last program of the chain reports that, all programs before it worked.
 */
async function probe(sandbox: Sandbox, { dir, probeId: id }: MachineFacts): Promise<string | undefined> {
  const rootDir = join(dir, "probe");
  rmSync(rootDir, { recursive: true, force: true });
  for (const name of ["proc", "dev", "tmp"]) mkdirSync(join(rootDir, name), { recursive: true });
  const attempt = sandbox.start({
    id,
    rootDir,
    command: ["/absent"],
    environment: {},
    workingDirectory: "/",
    memoryMb: 128,
    temporaryMb: 1,
  });
  let output = "";
  attempt.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  // Without a limit, a mount that blocks would keep every function from starting.
  const tooLong = setTimeout(attempt.kill, probeMsMax);
  const { execError, status, how } = await attempt.exited;
  clearTimeout(tooLong);
  if (execError === execErrorOf(194)) return undefined;
  return (
    output.trim().split("\n")[0] ||
    (how === "signal" ? `the attempt took more than ${probeMsMax / 1000} s` : `the attempt ended with status ${status}`)
  );
}

/** Control groups limit the memory where they can be created, and sampling where they cannot. */
export function memoryWatcher(
  { platform, nowMs, log }: Pick<MachineFacts, "platform" | "nowMs" | "log">,
  groups = platform === "linux" ? findGroups() : undefined,
): WatchMemory {
  if (groups) removeStaleGroups();
  // Every start of an environment would repeat the warning: the cause is the machine's.
  let warned = false;
  return ({ id, memoryMb }, kill) => {
    const memoryBytes = memoryMb * 2 ** 20;
    if (groups) {
      try {
        return watchGroup(groups(id, memoryBytes), nowMs);
      } catch (error) {
        // The kernel has a limit on all groups, 65,536 of memory in version 1, and others use them too.
        if (!warned) {
          log.warn(`Memory limits are enforced by sampling, because no control group can be created: ${String(error)}`);
        }
        warned = true;
      }
    }
    return watchResident(memoryBytes, nowMs, kill);
  };
}
