// Measures the memory of an environment and enforces its limit: by the kernel's control groups (version 1 or 2) where
// this process can create them, else by sampling the resident sizes under /proc.

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
  /** Files to which the environment's first process writes "0" to join its control groups; empty without them. */
  readonly joinFiles: readonly string[];
  /** Starts watching these processes of the function. */
  start(processes: () => readonly number[]): void;
  /** The largest resident memory measured so far, in bytes. */
  usedBytes(): number;
  /** Whether a process was killed because the limit was exceeded. */
  exceeded(): boolean;
  stop(): void;
}

/**
 * The interval at which a limit is checked without control groups: a function that grows faster exceeds it for a
 * moment.
 */
const sampleIntervalMs = 50;
/** Processes and threads of one environment, as in Lambda. */
const tasksMax = 1024;
/** Sampling takes about 100 µs, and every invocation ends with a report. */
const reportIntervalMs = 250;

interface GroupFiles {
  readonly memoryBytes: number;
  /** Directories to create, one for each controller. */
  readonly directories: readonly string[];
  readonly limits: readonly (readonly [file: string, value: string])[];
  /** Holds "oom_kill N". */
  readonly killsFile: string;
}

const groupRoot = "/sys/fs/cgroup";

/** The layout of control groups on this machine; undefined when this process cannot create any. */
export function findGroups(root = groupRoot): ((id: string, memoryBytes: number) => GroupFiles) | undefined {
  if (writable(join(root, "memory", "cgroup.procs"))) {
    return (id, memoryBytes) => {
      const memory = join(root, "memory", "tepal", id);
      const pids = join(root, "pids", "tepal", id);
      const hasPids = writable(join(root, "pids", "cgroup.procs"));
      return {
        memoryBytes,
        directories: hasPids ? [memory, pids] : [memory],
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
        directories: [group],
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

/** Creates a control group for one environment. @throws when the kernel allows no further group, or no memory limit */
export function watchGroup(files: GroupFiles, nowMs: () => number): MemoryWatch {
  const stop = () => {
    for (const directory of files.directories) removeGroup(directory);
  };
  try {
    for (const directory of files.directories) createGroup(directory);
    files.limits.forEach(([file, value], index) => {
      // Only the memory limit, which comes first, is required: not every kernel can limit swap and the number of
      // processes.
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
    joinFiles: files.directories.map((directory) => join(directory, "cgroup.procs")),
    // A process that was killed has released its memory.
    usedBytes: () => (exceeded ? files.memoryBytes : resident.usedBytes()),
    exceeded() {
      exceeded ||= killsIn(files.killsFile) > 0;
      return exceeded;
    },
    stop,
  };
}

/** Creates a group and its parents. In version 2 each parent must enable the controllers of its children. */
function createGroup(directory: string): void {
  const parent = join(directory, "..");
  if (!existsSync(parent)) createGroup(parent);
  for (const above of [join(parent, ".."), parent]) {
    const control = join(above, "cgroup.subtree_control");
    if (!existsSync(control)) continue;
    for (const controller of ["+memory", "+pids"]) {
      try {
        writeFileSync(control, controller);
      } catch {
        // Not available: writing the limit will fail.
      }
    }
  }
  if (!existsSync(directory)) mkdirSync(directory);
}

/** Removes a group. This fails while a process in it is still ending, so it is retried with increasing delays. */
function removeGroup(directory: string, retryAfterMs = 10): void {
  try {
    rmdirSync(directory);
  } catch {
    if (existsSync(directory) && retryAfterMs < 10_000)
      setTimeout(() => removeGroup(directory, retryAfterMs * 4), retryAfterMs).unref();
  }
}

/** Removes the groups that a killed cloud left behind. Their names begin with its process id. */
export function removeStaleGroups(root = groupRoot): void {
  for (const parent of ["memory/tepal", "pids/tepal", "tepal"].map((name) => join(root, name))) {
    if (!existsSync(parent)) continue;
    const groups = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    // A cloud that was killed can leave thousands of groups: each of their processes is looked up once.
    const pids = new Set(groups.map(({ name }) => name.split("-", 1)[0] ?? ""));
    const ended = new Set([...pids].filter((pid) => /^\d+$/.test(pid) && !existsSync(`/proc/${pid}`)));
    for (const { name } of groups) if (ended.has(name.split("-", 1)[0] ?? "")) removeGroup(join(parent, name));
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

/** Samples the memory of the function's processes, and calls `kill` when they use more than `memoryBytes`. */
export function watchResident(memoryBytes: number, nowMs: () => number, kill: () => void): MemoryWatch {
  const resident = residentPeak(nowMs);
  let exceeded = false;
  let timer: NodeJS.Timeout | undefined;
  return {
    joinFiles: [],
    start(processes) {
      resident.start(processes);
      timer = setInterval(() => {
        if (exceeded || resident.sample() <= memoryBytes) return;
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

/**
 * The largest sum of resident sizes of all samples, or the largest peak of one process, which the kernel records
 * between samples.
 */
function residentPeak(nowMs: () => number) {
  let processes: () => readonly number[] = () => [];
  let peakBytes = 0;
  let reportedMs = Number.NEGATIVE_INFINITY;
  const sample = () => {
    const sizes = processes().map(residentSizes);
    const bytes = sizes.reduce((sum, { atPresent }) => sum + atPresent, 0);
    peakBytes = Math.max(peakBytes, bytes, ...sizes.map(({ peak }) => peak));
    return bytes;
  };
  return {
    start(of: () => readonly number[]) {
      processes = of;
    },
    sample,
    usedBytes() {
      if (nowMs() - reportedMs >= reportIntervalMs) {
        reportedMs = nowMs();
        sample();
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
