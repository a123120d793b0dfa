// What a context has of the machine, for the command and for the programmatic API.

import { homedir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../base/index.js";
import type { CommandContext } from "./command-context.js";

export function thisMachine(): Pick<
  CommandContext,
  "cwd" | "homeDir" | "platform" | "arch" | "clock" | "sleep" | "execPath"
> {
  return {
    cwd: process.cwd(),
    homeDir: homedir(),
    platform: process.platform,
    arch: process.arch,
    clock: systemClock,
    sleep: async (ms, signal) => {
      await wait(ms, undefined, { signal }).catch(() => {});
    },
    execPath: process.execPath,
  };
}
