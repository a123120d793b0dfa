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
  /** Begins to watch the processes below this one. */
  start(pid: number): void;
  /** The largest use seen, in bytes. */
  usedBytes(): number;
  /** Whether the limit was reached and something was killed for it. */
  exceeded(): boolean;
  stop(): void;
}

/** Without control groups a limit is only looked at this often: what grows faster overshoots it. */
const sampleIntervalMs = 50;
/** As in Lambda: processes and threads of one environment. */
const tasksMax = 1024;
/** Reading a control group's figures costs some 30 µs; a busy environment is asked after every invocation. */
const groupReadIntervalMs = 250;

interface GroupFiles {
  readonly memoryBytes: number;
  /** Folders to make, one for each controller. */
  readonly folders: readonly string[];
  readonly limits: readonly (readonly [file: string, value: string])[];
  /** Holds the resident bytes after this word. */
  readonly statFile: string;
  readonly residentWords: readonly string[];
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
        statFile: join(memory, "memory.stat"),
        residentWords: ["total_rss", "total_mapped_file"],
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
        statFile: join(group, "memory.stat"),
        residentWords: ["anon", "file_mapped"],
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

/** A control group of its own. @throws when the kernel refuses the group or its memory limit */
export function watchGroup(files: GroupFiles, nowMs: () => number): MemoryWatch {
  for (const folder of files.folders) makeGroup(folder);
  files.limits.forEach(([file, value], index) => {
    // Only the memory limit, which comes first, is a promise; swap or pids may not be under this kernel's control.
    if (index === 0 || existsSync(file)) writeFileSync(file, value);
  });
  let usedBytes = 0;
  let readMs = Number.NEGATIVE_INFINITY;
  const read = () => {
    readMs = nowMs();
    const figures = wordsOf(files.statFile);
    const resident = files.residentWords.reduce((sum, word) => sum + (figures.get(word) ?? 0), 0);
    usedBytes = Math.max(usedBytes, resident);
  };
  return {
    joinFiles: files.folders.map((folder) => join(folder, "cgroup.procs")),
    start: () => {},
    usedBytes() {
      if (nowMs() - readMs >= groupReadIntervalMs) read();
      return usedBytes;
    },
    exceeded() {
      const exceeded = (wordsOf(files.killsFile).get("oom_kill") ?? 0) > 0;
      // Whoever was killed has given its memory back.
      if (exceeded) usedBytes = files.memoryBytes;
      return exceeded;
    },
    stop() {
      for (const folder of files.folders) removeGroup(folder);
    },
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

/** Lines of "word number". A file that is gone has none. */
function wordsOf(file: string): Map<string, number> {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return new Map(lines.map((line) => line.split(" ")).map(([word, value]) => [word!, Number(value)]));
  } catch {
    return new Map();
  }
}

/** Looks at the processes below one, and calls `kill` when they hold more than `memoryBytes`. */
export function watchResident(memoryBytes: number, kill: () => void): MemoryWatch {
  let usedBytes = 0;
  let exceeded = false;
  let root: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const sample = () => {
    if (root === undefined) return;
    const resident = descendantsOf(root).reduce((sum, pid) => sum + residentBytes(pid), 0);
    usedBytes = Math.max(usedBytes, resident);
    if (resident <= memoryBytes || exceeded) return;
    exceeded = true;
    kill();
  };
  return {
    joinFiles: [],
    start(pid) {
      root = pid;
      timer = setInterval(sample, sampleIntervalMs);
      timer.unref();
    },
    usedBytes() {
      if (usedBytes === 0) sample();
      return usedBytes;
    },
    exceeded: () => exceeded,
    stop: () => clearInterval(timer),
  };
}

function descendantsOf(pid: number): number[] {
  let children: string;
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  } catch {
    return [];
  }
  const pids = children
    .split(" ")
    .filter((text) => text !== "")
    .map(Number);
  return [...pids, ...pids.flatMap(descendantsOf)];
}

function residentBytes(pid: number): number {
  try {
    const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? Number(found[1]) * 1024 : 0;
  } catch {
    return 0;
  }
}
