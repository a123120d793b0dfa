// Where there are no namespaces: Tepal's own function images run as an ordinary process of this machine's Node, on the unpacked files.
// Such a process is not kept apart from anything. Its code is Tepal's and its model file can only build data, so it needs less of a wall;
// any other image is refused.

import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { functionLabel } from "../../../image/index.js";
import { readExit } from "./exit.js";
import { descendantsOf, type MemoryWatch } from "./memory.js";
import { findInRoot } from "./root-path.js";
import type { Sandbox, SandboxProcess, SandboxRequest } from "./sandbox.js";

export interface PlainProcessOptions {
  /** This machine's Node. */
  readonly execPath: string;
  /** Folder for each environment's temporary files. */
  readonly dir: string;
  /** Why this machine has no better sandbox. */
  readonly reason: string;
  readonly watchMemory: (request: SandboxRequest, kill: () => void) => MemoryWatch;
}

/** The watcher ends the group when the pipe that only the cloud holds is closed, also by the cloud's own sudden death. */
const script = '{ read -r _ <&3; kill -9 0; } & exec "$@" 3<&-';

export function plainProcessSandbox(options: PlainProcessOptions): Sandbox {
  return {
    name: `plain processes (${options.reason})`,
    refuses: ({ labels }) =>
      functionLabel in labels
        ? undefined
        : `Only Tepal's own function images run here: any other image needs Linux namespaces, and ${options.reason}.`,
    start: (request) => start(request, options),
  };
}

function start(request: SandboxRequest, { execPath, dir, watchMemory }: PlainProcessOptions): SandboxProcess {
  const inRoot = (path: string) => (path.startsWith("/") ? (findInRoot(request.rootDir, path)?.path ?? path) : path);
  const temporaryDir = join(dir, request.id);
  mkdirSync(temporaryDir, { recursive: true });
  const environment: Record<string, string> = { TMPDIR: temporaryDir };
  for (const [name, value] of Object.entries(request.environment)) environment[name] ??= inRoot(value);

  const kill = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // The group has ended by itself.
    }
  };
  const memory = watchMemory(request, kill);
  const child = spawn("/bin/sh", ["-c", script, "sh", execPath, ...request.command.slice(1).map(inRoot)], {
    env: environment,
    cwd: inRoot(request.workingDirectory),
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    // A group of its own, for `kill -9 0`.
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) memory.start(() => [pid, ...descendantsOf(pid)]);
  const exited = new Promise<ReturnType<typeof readExit>>((resolve) => {
    const end = (status: number | null, signal: NodeJS.Signals | null) => {
      const outOfMemory = memory.exceeded();
      memory.stop();
      rmSync(temporaryDir, { recursive: true, force: true });
      resolve(readExit(status, signal, outOfMemory));
    };
    child.once("error", () => end(1, null));
    // The watcher still holds the outputs.
    child.once("exit", kill);
    child.once("close", end);
  });
  // Pipes 1 and 2 by these options; the types of `spawn` only know shorter lists of streams.
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("A child without outputs");
  return { stdout, stderr, exited, memoryUsedBytes: () => memory.usedBytes(), kill };
}
