// The environment of a call: that of a command, without a terminal and without questions.

import { type CommandContext, Terminal, thisMachine } from "../cli/index.js";
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
    ...thisMachine(),
    env,
    stop: new AbortController().signal,
    readInput: async () => "",
    inputBytes: async function* () {},
    writeBytes: async () => {},
    ask: async () => "",
    distDir,
    version,
  };
}
