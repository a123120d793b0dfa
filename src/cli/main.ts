// The entry of the `tepal` command: makes the world from this process, and ends the process with the command's status.

import { homedir } from "node:os";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { systemClock } from "../base/index.js";
import { tepal } from "./tepal.js";
import { Terminal } from "./terminal.js";
import type { World } from "./world.js";

/** package.json's version, written in by the build. */
declare const TEPAL_VERSION: string;

// The SDK's note that it will drop Node 20 is for whoever develops with it, not for who runs this command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const words = process.argv.slice(2);
const stop = new AbortController();
let interrupts = 0;
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    // Whoever presses Ctrl-C a second time does not want to wait for an orderly end.
    if (++interrupts > 1) process.exit(130);
    stop.abort();
  });
}
// The reader of a pipe (`tepal list | head -1`) may leave early: that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
}

const world: World = {
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
  stop: stop.signal,
  readInput: async () => {
    const parts: Buffer[] = [];
    for await (const part of process.stdin) parts.push(part);
    return Buffer.concat(parts).toString("utf8");
  },
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question, { signal: stop.signal });
    } finally {
      lines.close();
    }
  },
  execPath: process.execPath,
  distDir: dirname(fileURLToPath(import.meta.url)),
  version: TEPAL_VERSION,
};

const status = await tepal(words, world);
// Whatever is still open (a keep-alive socket) must not hold the process; output that is not written yet must.
process.stdout.write("", () => process.stderr.write("", () => process.exit(status)));
