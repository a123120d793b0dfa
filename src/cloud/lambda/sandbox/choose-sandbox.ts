// What this machine allows, found out by trying it once.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { notStartedWords } from "./exec-helper/exec-helper.js";
import { findGroups, type MemoryWatch, removeStaleGroups, watchGroup, watchResident } from "./memory.js";
import { namespacesSandbox } from "./namespaces.js";
import { plainProcessSandbox } from "./plain-process.js";
import type { Sandbox, SandboxRequest } from "./sandbox.js";

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
}

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
  const { notStarted, status } = await probe.exited;
  if (notStarted === notStartedWords(194)) return undefined;
  return words.trim().split("\n")[0] || `the attempt ended with status ${status}`;
}

function memoryWatcher(facts: MachineFacts): (request: SandboxRequest, kill: () => void) => MemoryWatch {
  const groups = facts.platform === "linux" ? findGroups() : undefined;
  if (groups) removeStaleGroups();
  return ({ id, memoryMb }, kill) => {
    const memoryBytes = memoryMb * 2 ** 20;
    return groups ? watchGroup(groups(id, memoryBytes), facts.nowMs) : watchResident(memoryBytes, facts.nowMs, kill);
  };
}
