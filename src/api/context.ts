// The environment of a call: that of a command, without a terminal and without questions.

import { homedir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../base/index.js";
import { type CommandContext, Terminal } from "../cli/index.js";
import type { OnProgress } from "./types.js";

interface LibraryOptions extends Pick<CommandContext, "distDir" | "version" | "env"> {
  readonly onProgress: OnProgress | undefined;
}

export function libraryContext({ distDir, version, env, onProgress }: LibraryOptions): CommandContext {
  return {
    terminal: new Terminal({
      out: () => {},
      err: (text) => onProgress?.(text.trimEnd()),
      json: false,
      color: false,
      interactive: false,
    }),
    env,
    cwd: process.cwd(),
    homeDir: homedir(),
    platform: process.platform,
    arch: process.arch,
    clock: systemClock,
    sleep: async (ms, signal) => {
      await wait(ms, undefined, { signal }).catch(() => {});
    },
    stop: new AbortController().signal,
    readInput: async () => "",
    inputBytes: async function* () {},
    writeBytes: async () => {},
    ask: async () => "",
    execPath: process.execPath,
    distDir,
    version,
  };
}
