import type { Command } from "./command.js";
import type { CommandEntry } from "./help.js";

export interface ListedCommand extends CommandEntry {
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of its help. A command's file is loaded when it is called: `tepal --help` reads none. */
export const commands: readonly ListedCommand[] = [];
