// Hints: the commands that users run next, ready to paste.

import type { CommandContext } from "./command-context.js";
import { localRegion, portOption, type TargetChoice } from "./target-args.js";

/** "Next:" and a line for each command, without the leading `tepal`. */
export function nextText(commands: readonly string[]): string {
  return ["Next:", ...commands.map((command) => `  tepal ${command}`)].join("\n");
}

/** The options by which another command finds the same target, with a leading blank; "" where the defaults do. */
export function optionsText({ target, region, port }: TargetChoice, context: Pick<CommandContext, "env">): string {
  const isDefaultRegion = region === undefined || (target === "local" && region === localRegion);
  const shownRegion = isDefaultRegion ? "" : ` --region ${region}`;
  return target === "aws" ? ` --target aws${shownRegion}` : `${shownRegion}${portOption(port, context)}`;
}

/** A string as one word of a shell. */
export function shellQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
