// From words to a command: finds it in the table, loads its file, parses by its takes, runs it, and prints what goes wrong.

import { type Command, commonTakes } from "./command.js";
import type { CommandContext } from "./command-context.js";
import { commands, type ListedCommand } from "./commands.js";
import { helpOf, helpOfAll } from "./help.js";
import { parseCommandLine, refuse, requireAll } from "./parse.js";
import { printError } from "./print-error.js";
import { nearest } from "./suggest.js";

/** Runs one command line (without "node" and the script) and answers its exit status: 0 done, 1 failed, 2 wrong command line. */
export async function tepal(words: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context;
  let during = "tepal";
  try {
    const first = words[0];
    if (first === "--version") {
      terminal.result({ version: context.version }, context.version);
      return 0;
    }
    const asked = words[0] === "help" ? [...words.slice(1), "--help"] : words;
    const family = familyOf(asked);
    if (family) {
      terminal.result(
        family.map(({ name, help }) => ({ name, help })),
        helpOfAll(family),
      );
      return asked.some(isHelp) ? 0 : 2;
    }
    const { entry, rest } = findCommand(asked);
    during = `tepal ${entry.name}`;
    return await runCommand(entry, await entry.load(), rest, context);
  } catch (error) {
    return printError(error, during, terminal);
  }
}

async function runCommand(entry: ListedCommand, found: Command, args: readonly string[], context: CommandContext) {
  const takes = { ...found.takes, ...commonTakes };
  const given = parseCommandLine(args, takes);
  if (given.help) {
    context.terminal.result({ name: entry.name, help: entry.help, takes }, helpOf(entry, found));
    return 0;
  }
  requireAll(given, takes);
  return (await found.run(given, context)) ?? 0;
}

const isHelp = (word: string) => word === "--help" || word === "-h";

/** The commands to list when no one of them is named: all, or those that begin with the one word there is ("cloud"). */
function familyOf(words: readonly string[]): readonly ListedCommand[] | undefined {
  const [first, ...more] = words.filter((word) => !isHelp(word) && word !== "--json");
  if (first === undefined) return commands;
  const family = commands.filter(({ name }) => name.startsWith(`${first} `));
  return family.length > 0 && more.length === 0 ? family : undefined;
}

/** A command's name is one word or two ("cloud start"). */
function findCommand(words: readonly string[]): { readonly entry: ListedCommand; readonly rest: readonly string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const entry = commands.find((candidate) => candidate.name === name);
    if (entry) return { entry, rest: words.slice(length) };
  }
  const typed = familyOf(words.slice(0, 1)) ? words.slice(0, 2).join(" ") : words[0]!;
  const meant = nearest(
    typed,
    commands.map(({ name }) => name),
  );
  throw refuse(`Unknown command ${typed}`, meant && `Did you mean "tepal ${meant}"?`);
}
