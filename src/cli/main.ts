#!/usr/bin/env node
// The entry of the `tepal` command: makes the context from this process, and ends the process with the command's status.

import { once } from "node:events";
import { homedir } from "node:os";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { systemClock } from "../base/index.js";
import type { CommandContext } from "./command-context.js";
import { tepal } from "./tepal.js";
import { Terminal } from "./terminal.js";

/** package.json's version, written in by the build. */
declare const TEPAL_VERSION: string;

// The SDK's note that it will drop Node 20 is for whoever develops with it, not for who runs this command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const words = process.argv.slice(2);
let stop: AbortController | undefined;

/** Signals are taken over only when a command asks for them. */
function stopSignal(): AbortSignal {
  if (stop) return stop.signal;
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      // Whoever presses Ctrl-C a second time does not want to wait for an orderly end.
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  stop = controller;
  return controller.signal;
}

// The reader of a pipe (`tepal list | head -1`) may leave early: that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
}

const context: CommandContext = {
  terminal: new Terminal({
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    json: words.includes("--json"),
    colour: process.stderr.isTTY === true && process.stdout.isTTY === true && !process.env.NO_COLOR,
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
  }),
  env: process.env,
  cwd: process.cwd(),
  homeDir: homedir(),
  platform: process.platform,
  arch: process.arch,
  clock: systemClock,
  sleep: async (ms, signal) => {
    await wait(ms, undefined, { signal }).catch(() => {});
  },
  get stop() {
    return stopSignal();
  },
  readInput: async () => {
    const parts: Buffer[] = [];
    for await (const part of process.stdin) parts.push(part);
    return Buffer.concat(parts).toString("utf8");
  },
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      // Ctrl-C at a question closes it, and is no answer.
      return await Promise.race([lines.question(question), once(lines, "close").then(() => "")]);
    } finally {
      lines.close();
    }
  },
  execPath: process.execPath,
  distDir: dirname(fileURLToPath(import.meta.url)),
  version: TEPAL_VERSION,
};

const status = await tepal(words, context);
// Whatever is still open (a keep-alive socket) must not hold the process; output that is not written yet must.
process.stdout.write("", () => process.stderr.write("", () => process.exit(status)));
