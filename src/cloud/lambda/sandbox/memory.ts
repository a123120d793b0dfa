// How much memory an environment uses, and who holds it to its limit: the kernel's control groups where this process may make them
// (version 1 or 2), else the resident sizes under /proc, looked at every so often.

import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** Watches the memory of one environment. */
export interface MemoryWatch {
  /** Files that the environment's first process writes "0" to, to come under the limit; empty without control groups. */
  readonly joinFiles: readonly string[];
  /** Begins to watch these processes of the function. */
  start(processes: () => readonly number[]): void;
  /** The largest resident memory seen, in bytes. */
  usedBytes(): number;
  /** Whether the limit was reached and something was killed for it. */
  exceeded(): boolean;
  stop(): void;
}

/** Without control groups a limit is only looked at this often: what grows faster overshoots it. */
const sampleIntervalMs = 50;
/** As in Lambda: processes and threads of one environment. */
const tasksMax = 1024;
/** Looking costs some 100 µs, and a busy environment is asked after every invocation. */
const lookIntervalMs = 250;

interface GroupFiles {
  readonly memoryBytes: number;
  /** Folders to make, one for each controller. */
  readonly folders: readonly string[];
  readonly limits: readonly (readonly [file: string, value: string])[];
  /** Holds "oom_kill N". */
  readonly killsFile: string;
}

const groupRoot = "/sys/fs/cgroup";

/** Where control groups can be made by this process: the version's layout, or undefined. */
export function findGroups(root = groupRoot): ((id: string, memoryBytes: number) => GroupFiles) | undefined {
  if (writable(join(root, "memory", "cgroup.procs"))) {
    return (id, memoryBytes) => {
      const memory = join(root, "memory", "tepal", id);
      const pids = join(root, "pids", "tepal", id);
      const hasPids = writable(join(root, "pids", "cgroup.procs"));
      return {
        memoryBytes,
        folders: hasPids ? [memory, pids] : [memory],
        limits: [
          [join(memory, "memory.limit_in_bytes"), String(memoryBytes)],
          [join(memory, "memory.swappiness"), "0"],
          ...(hasPids ? [[join(pids, "pids.max"), String(tasksMax)] as const] : []),
        ],
        killsFile: join(memory, "memory.oom_control"),
      };
    };
  }
  if (writable(join(root, "cgroup.subtree_control")) && controllersOf(root).includes("memory")) {
    return (id, memoryBytes) => {
      const group = join(root, "tepal", id);
      return {
        memoryBytes,
        folders: [group],
        limits: [
          [join(group, "memory.max"), String(memoryBytes)],
          [join(group, "memory.swap.max"), "0"],
          [join(group, "pids.max"), String(tasksMax)],
        ],
        killsFile: join(group, "memory.events"),
      };
    };
  }
  return undefined;
}

function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function controllersOf(root: string): string[] {
  return readFileSync(join(root, "cgroup.controllers"), "utf8").trim().split(" ");
}

/** A control group of its own. @throws when the kernel allows no further group, or no memory limit */
export function watchGroup(files: GroupFiles, nowMs: () => number): MemoryWatch {
  const stop = () => {
    for (const folder of files.folders) removeGroup(folder);
  };
  try {
    for (const folder of files.folders) makeGroup(folder);
    files.limits.forEach(([file, value], index) => {
      // Only the memory limit, which comes first, is required; swap or pids may not be under this kernel's control.
      if (index === 0 || existsSync(file)) writeFileSync(file, value);
    });
  } catch (error) {
    stop();
    throw error;
  }
  const resident = residentPeak(nowMs);
  let exceeded = false;
  return {
    ...resident,
    joinFiles: files.folders.map((folder) => join(folder, "cgroup.procs")),
    // Whoever was killed has given its memory back.
    usedBytes: () => (exceeded ? files.memoryBytes : resident.usedBytes()),
    exceeded() {
      exceeded ||= killsIn(files.killsFile) > 0;
      return exceeded;
    },
    stop,
  };
}

/** Makes a group and its parents; version 2 hands controllers down only where each parent says so. */
function makeGroup(folder: string): void {
  const parent = join(folder, "..");
  if (!existsSync(parent)) makeGroup(parent);
  for (const above of [join(parent, ".."), parent]) {
    const control = join(above, "cgroup.subtree_control");
    if (!existsSync(control)) continue;
    for (const controller of ["+memory", "+pids"]) {
      try {
        writeFileSync(control, controller);
      } catch {
        // Not available here: writing the limit will say so.
      }
    }
  }
  if (!existsSync(folder)) mkdirSync(folder);
}

/** Removes a group. The kernel refuses while a process is still ending in it, so it is tried again, ever later. */
function removeGroup(folder: string, againAfterMs = 10): void {
  try {
    rmdirSync(folder);
  } catch {
    if (existsSync(folder) && againAfterMs < 10_000)
      setTimeout(() => removeGroup(folder, againAfterMs * 4), againAfterMs).unref();
  }
}

/** Removes the groups of clouds that ended without doing so. Their ids begin with the cloud's process id. */
export function removeStaleGroups(root = groupRoot): void {
  for (const parent of ["memory/tepal", "pids/tepal", "tepal"].map((name) => join(root, name))) {
    if (!existsSync(parent)) continue;
    for (const { name } of readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const [pid] = name.split("-");
      if (/^\d+$/.test(pid!) && !existsSync(`/proc/${pid}`)) removeGroup(join(parent, name));
    }
  }
}

/** The count after "oom_kill"; 0 when the group is gone. */
function killsIn(file: string): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Looks at the function's processes, and calls `kill` when they hold more than `memoryBytes`. */
export function watchResident(memoryBytes: number, nowMs: () => number, kill: () => void): MemoryWatch {
  const resident = residentPeak(nowMs);
  let exceeded = false;
  let timer: NodeJS.Timeout | undefined;
  return {
    joinFiles: [],
    start(processes) {
      resident.start(processes);
      timer = setInterval(() => {
        if (exceeded || resident.look() <= memoryBytes) return;
        exceeded = true;
        kill();
      }, sampleIntervalMs);
      timer.unref();
    },
    usedBytes: resident.usedBytes,
    exceeded: () => exceeded,
    stop: () => clearInterval(timer),
  };
}

/** The largest sum of resident sizes that was seen, or the largest peak of one process, which the kernel keeps between two looks. */
function residentPeak(nowMs: () => number) {
  let processes: () => readonly number[] = () => [];
  let peakBytes = 0;
  let reportedMs = Number.NEGATIVE_INFINITY;
  const look = () => {
    const sizes = processes().map(residentSizes);
    const bytes = sizes.reduce((sum, { atPresent }) => sum + atPresent, 0);
    peakBytes = Math.max(peakBytes, bytes, ...sizes.map(({ peak }) => peak));
    return bytes;
  };
  return {
    start(of: () => readonly number[]) {
      processes = of;
    },
    look,
    usedBytes() {
      if (nowMs() - reportedMs >= lookIntervalMs) {
        reportedMs = nowMs();
        look();
      }
      return peakBytes;
    },
  };
}

/** The children of a process. */
export function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return text
      .split(" ")
      .filter((each) => each !== "")
      .map(Number);
  } catch {
    return [];
  }
}

/** All processes below one. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** In bytes; 0 for a process that has ended. */
function residentSizes(pid: number): { readonly atPresent: number; readonly peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const bytesOf = (row: RegExp) => Number(row.exec(status)?.[1] ?? 0) * 1024;
    return { atPresent: bytesOf(/^VmRSS:\s+(\d+) kB$/m), peak: bytesOf(/^VmHWM:\s+(\d+) kB$/m) };
  } catch {
    return { atPresent: 0, peak: 0 };
  }
}
