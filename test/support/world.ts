// A world for commands under test: nothing of it is the machine's, and what was printed can be read.

import { systemClock } from "../../src/base/index.js";
import { Terminal } from "../../src/cli/terminal.js";
import type { World } from "../../src/cli/world.js";

export interface TestWorld extends World {
  /** What was written so far. */
  readonly printed: { out: string; err: string };
}

export function testWorld({ json = false, ...changes }: Partial<World> & { readonly json?: boolean } = {}): TestWorld {
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
      colour: false,
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
    ask: async () => "",
    execPath: process.execPath,
    distDir: "/nowhere",
    version: "0.0.0",
    printed,
    ...changes,
  };
}
