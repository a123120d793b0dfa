// The built command as its users run it: a process with an empty home of its own.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { projectPath } from "./project.js";
import { processMark } from "./run.js";
import { scaled } from "./until.js";

/** A command that is told to end has this long on a quiet machine. */
const endMsMax = 5_000;

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Home {
  readonly folder: string;
  /** Runs one command to its end; `input` is its standard input. */
  tepal(words: readonly string[], input?: string): Promise<Ended>;
  /** Starts a command, which is ended when the test ends. */
  start(words: readonly string[]): ChildProcess;
}

export interface HomeOptions {
  /** A command to run before the home is removed. */
  readonly last?: readonly string[];
  /** A cache directory shared with other homes: building the base of images takes seconds. */
  readonly cache?: string;
  /** Environment variables of its commands, beside HOME and PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

/** An empty home directory. When the test ends, its commands are ended and the directory is removed. */
export function emptyHome(t: TestContext, { last, cache, env }: HomeOptions = {}): Home {
  const folder = mkdtempSync(join(tmpdir(), "tepal-home-"));
  const children = new Set<ChildProcess>();
  t.after(async () => {
    if (last) await ended(start(last));
    await Promise.all([...children].map(end));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const start = (words: readonly string[]) => {
    const child = spawn(process.execPath, [projectPath("dist/tepal.js"), ...words], {
      cwd: folder,
      env: { ...processMark, PATH: process.env.PATH, HOME: folder, ...(cache && { XDG_CACHE_HOME: cache }), ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    children.add(child);
    return child;
  };
  return {
    folder,
    start,
    tepal: (words, input = "") => {
      const child = start(words);
      child.stdin?.end(input);
      return ended(child);
    },
  };
}

/** Ends a command in order, so that it ends its own children, or by force when it does not. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), scaled(endMsMax));
  await once(child, "exit");
  clearTimeout(force);
}

/** What a process printed until its end. */
export function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    let out = "";
    let err = "";
    child.stdout?.on("data", (text) => {
      out += text;
    });
    child.stderr?.on("data", (text) => {
      err += text;
    });
    child.once("close", (status) => resolve({ status, out, err }));
  });
}

/** Resolves when a process has printed a string on one of its outputs. */
export function printed(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let all = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (part) => {
        all += part;
        if (all.includes(text)) resolve();
      });
    }
    child.once("close", () => reject(new Error(`It ended without printing "${text}":\n${all}`)));
  });
}

/** A port that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
