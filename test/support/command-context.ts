// A context for commands under test: it is independent of the machine, and records what is printed.

import { systemClock } from "../../src/base/index.js";
import type { CommandContext } from "../../src/cli/command-context.js";
import { Terminal } from "../../src/cli/terminal.js";

export interface TestContext extends CommandContext {
  /** What has been printed so far. */
  readonly printed: { out: string; err: string };
}

export function testContext({
  json = false,
  ...changes
}: Partial<CommandContext> & { readonly json?: boolean } = {}): TestContext {
  const printed = { out: "", err: "" };
  return {
    terminal: new Terminal({
      out: (text) => {
        printed.out += text;
      },
      err: (text) => {
        printed.err += text;
      },
      json,
      color: false,
      interactive: false,
    }),
    env: {},
    cwd: "/nowhere",
    homeDir: "/nowhere",
    platform: "linux",
    arch: "x64",
    clock: systemClock,
    sleep: async () => {},
    stop: new AbortController().signal,
    readInput: async () => "",
    inputBytes: async function* () {},
    writeBytes: async (bytes) => {
      printed.out += Buffer.from(bytes).toString();
    },
    ask: async () => "",
    execPath: process.execPath,
    distDir: "/nowhere",
    version: "0.0.0",
    printed,
    ...changes,
  };
}
