// What this machine allows, found out by trying it once.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../../base/index.js";
import type { WatchMemory } from "./child.js";
import { notStartedWords } from "./exec-helper/exec-helper.js";
import { findGroups, removeStaleGroups, watchGroup, watchResident } from "./memory.js";
import { namespacesSandbox } from "./namespaces.js";
import { plainProcessSandbox } from "./plain-process.js";
import type { Sandbox } from "./sandbox.js";

export interface MachineFacts {
  readonly platform: string;
  /** Node's `process.arch`. */
  readonly architecture: string;
  /** Of the running user; undefined where there are no user ids. */
  readonly uid: number | undefined;
  /** This machine's Node. */
  readonly execPath: string;
  /** The runtime that this Tepal puts into function images. */
  readonly runtimePath: string | undefined;
  /** Names the attempt that finds out what works: no other sandbox of this machine may have it at the same time. */
  readonly probeId: string;
  /** Folder for the sandbox's own files. */
  readonly dir: string;
  readonly nowMs: () => number;
  readonly log: Log;
}

/** An attempt takes about 10 ms on an idle machine. */
const probeMsMax = 30_000;

/** The best sandbox of this machine. */
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
  if (!namespaces) return plain(`there is none for ${facts.architecture} processors`);
  const fault = await tryOut(namespaces, facts);
  return fault === undefined ? namespaces : plain(`they cannot be used on this machine: ${fault}`);
}

/** Starts a command that does not exist: when the last link of the chain says so, every link before it worked. */
async function tryOut(sandbox: Sandbox, { dir, probeId: id }: MachineFacts): Promise<string | undefined> {
  const rootDir = join(dir, "probe");
  rmSync(rootDir, { recursive: true, force: true });
  for (const name of ["proc", "dev", "tmp"]) mkdirSync(join(rootDir, name), { recursive: true });
  const probe = sandbox.start({
    id,
    rootDir,
    command: ["/absent"],
    environment: {},
    workingDirectory: "/",
    memoryMb: 128,
    temporaryMb: 1,
  });
  let words = "";
  probe.stderr.setEncoding("utf8").on("data", (text: string) => {
    words += text;
  });
  // A mount that waits for a network, say: without a limit, no function would ever start.
  const tooLong = setTimeout(probe.kill, probeMsMax);
  const { notStarted, status, how } = await probe.exited;
  clearTimeout(tooLong);
  if (notStarted === notStartedWords(194)) return undefined;
  return (
    words.trim().split("\n")[0] ||
    (how === "signal" ? `the attempt took more than ${probeMsMax / 1000} s` : `the attempt ended with status ${status}`)
  );
}

function memoryWatcher(facts: MachineFacts): WatchMemory {
  const groups = facts.platform === "linux" ? findGroups() : undefined;
  if (groups) removeStaleGroups();
  return ({ id, memoryMb }, kill) => {
    const memoryBytes = memoryMb * 2 ** 20;
    if (groups) {
      try {
        return watchGroup(groups(id, memoryBytes), facts.nowMs);
      } catch (error) {
        // The kernel has a limit on all groups, 65,536 of memory in version 1, and others use them too.
        facts.log.warn(`The memory of environment ${id} is checked every so often only: ${String(error)}`);
      }
    }
    return watchResident(memoryBytes, facts.nowMs, kill);
  };
}
