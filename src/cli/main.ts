#!/usr/bin/env node
// Entry point of the `tepal` command: creates the context from this process and exits with the command's status.

import { once } from "node:events";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import type { CommandContext } from "./command-context.js";
import { thisMachine } from "./machine.js";
import { tepal } from "./tepal.js";
import { Terminal } from "./terminal.js";

/** The version in package.json, inserted by the build. */
declare const TEPAL_VERSION: string;

// The SDK's warning about the end of Node 20 support is for developers, not for users of this command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const argv = process.argv.slice(2);
let stop: AbortController | undefined;

/** Installs the signal handlers when a command first reads `stop`. */
function stopSignal(): AbortSignal {
  if (stop) return stop.signal;
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      // A second Ctrl-C ends the process immediately.
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  stop = controller;
  return controller.signal;
}

/** undefined if the stream is not a terminal. A terminal that does not say its width, such as a serial one, gets 80. */
function columnsOf({ isTTY, columns }: NodeJS.WriteStream): number | undefined {
  return isTTY ? columns || 80 : undefined;
}

/** CI systems set the variable CI, and some of them give commands a terminal. */
function isContinuousIntegration(variable: string | undefined): boolean {
  return variable !== undefined && !["", "0", "false"].includes(variable);
}

// The reader of a pipe (`tepal list | head -1`) may close it early; this is not a failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
}

const context: CommandContext = {
  terminal: new Terminal({
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    json: argv.includes("--json"),
    color: process.stderr.isTTY === true && process.stdout.isTTY === true && !process.env.NO_COLOR,
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    outColumns: () => columnsOf(process.stdout),
    errColumns: () => columnsOf(process.stderr),
    animated: process.env.TERM !== "dumb" && !isContinuousIntegration(process.env.CI),
  }),
  ...thisMachine(),
  env: process.env,
  get stop() {
    return stopSignal();
  },
  readInput: async () => {
    const parts: Buffer[] = [];
    for await (const part of process.stdin) parts.push(part);
    return Buffer.concat(parts).toString("utf8");
  },
  inputBytes: () => process.stdin,
  writeBytes: async (bytes) => {
    if (!process.stdout.write(bytes)) await once(process.stdout, "drain");
  },
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      // Ctrl-C closes the prompt and counts as an empty answer.
      return await Promise.race([lines.question(question), once(lines, "close").then(() => "")]);
    } finally {
      lines.close();
    }
  },
  distDir: dirname(fileURLToPath(import.meta.url)),
  version: TEPAL_VERSION,
};

const status = await tepal(argv, context);
// Open handles such as keep-alive sockets must not delay the exit, but pending output must be written first.
process.stdout.write("", () => process.stderr.write("", () => process.exit(status)));
