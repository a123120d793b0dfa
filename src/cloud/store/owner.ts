// Ensures that one process uses a data directory: LMDB would allow two clouds, and each would reply from its own
// memory. A file names the owner; the file of a process that was killed is replaced.

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudError } from "../errors.js";

interface Ownership {
  release(): void;
}

/** Enough for a few processes that start at the same time. */
const attemptsMax = 5;

/** @throws CloudError "store-in-use" naming the process. */
export function takeOwnership(dataDir: string): Ownership {
  const path = join(dataDir, "owner.json");
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      // link fails if the name exists, so that one of several processes succeeds.
      if (tryLink(draft, path)) return { release: () => releaseIfMine(path, mine) };
      const found = readOrEmpty(path);
      const owner = parseOwner(found);
      if (owner && isRunning(owner)) {
        throw new CloudError("store-in-use", `${dataDir} is in use by process ${owner.pid}`);
      }
      removeStale(path, found);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new CloudError("store-in-use", `${dataDir} is being opened by other processes`);
}

interface Owner {
  readonly pid: number;
  /**
   * When the process started, as the kernel counts it: tells it from a later process with the same id. Empty if
   * unknown.
   */
  readonly started: string;
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Removes the file of an owner that has ended, unless another process has replaced it meanwhile. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readOrEmpty(aside) !== stale) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function releaseIfMine(path: string, mine: string): void {
  if (readOrEmpty(path) === mine) rmSync(path, { force: true });
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== "object" || found === null || !("pid" in found) || typeof found.pid !== "number") return;
    return { pid: found.pid, started: "started" in found && typeof found.started === "string" ? found.started : "" };
  } catch {
    return undefined;
  }
}

function isRunning({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // The process of another user cannot be signalled, but it exists.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return started === "" || startOf(pid) === started;
}

/** The process's start in clock ticks since boot, and which boot, from Linux's /proc; elsewhere empty. */
function startOf(pid: number): string {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  if (stat === "") return "";
  // The command's name can contain spaces; fields are counted after its closing parenthesis. Start time is field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie has ended; its parent has not yet read its status.
  if (fields[0] === "Z") return "ended";
  return `${readOrEmpty("/proc/sys/kernel/random/boot_id").trim()}/${fields[19] ?? ""}`;
}
