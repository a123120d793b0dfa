// Finds the command in the table, loads its file, parses its arguments, runs it and prints errors.

import { nearest } from "../base/index.js";
import { type Command, commonArgs } from "./command.js";
import type { CommandContext } from "./command-context.js";
import { commands, type ListedCommand } from "./commands.js";
import { helpOf, helpOfAll } from "./help.js";
import { commandLineError, parseCommandLine, requireAll } from "./parse.js";
import { printError } from "./print-error.js";
import { endProgress } from "./progress.js";

/**
 * Runs one command line (without "node" and the script). Returns its exit status: 0 success, 1 failure, 2 invalid
 * command line.
 */
export async function tepal(argv: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context;
  let during = "tepal";
  try {
    if (argv[0] === "--version") {
      terminal.result({ version: context.version }, context.version);
      return 0;
    }
    const words = argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
    const group = groupOf(words);
    if (group) {
      terminal.result(
        group.map(({ name, help }) => ({ name, help })),
        helpOfAll(group),
      );
      return words.some(isHelp) ? 0 : 2;
    }
    const { entry, rest } = findCommand(words);
    during = `tepal ${entry.name}`;
    return await runCommand(entry, await entry.load(), rest, context);
  } catch (error) {
    endProgress(context);
    return printError(error, during, terminal);
  }
}

async function runCommand(entry: ListedCommand, found: Command, argv: readonly string[], context: CommandContext) {
  const args = { ...found.args, ...commonArgs };
  const parsed = parseCommandLine(argv, args, context.env);
  if (parsed.help) {
    context.terminal.result({ name: entry.name, help: entry.help, args }, helpOf(entry, found));
    return 0;
  }
  requireAll(parsed, args);
  return (await found.run(parsed, context)) ?? 0;
}

const isHelp = (word: string) => word === "--help" || word === "-h";

/** The commands to list if the words name no single command: all, or those of a group such as "cloud". */
function groupOf(words: readonly string[]): readonly ListedCommand[] | undefined {
  const [first, ...more] = words.filter((word) => !isHelp(word) && word !== "--json");
  if (first === undefined) return commands;
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  return group.length > 0 && more.length === 0 ? group : undefined;
}

/** Finds the command by its name of one or two words ("cloud start"). */
function findCommand(words: readonly string[]): { readonly entry: ListedCommand; readonly rest: readonly string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const entry = commands.find((candidate) => candidate.name === name);
    if (entry) return { entry, rest: words.slice(length) };
  }
  const typed = groupOf(words.slice(0, 1)) ? words.slice(0, 2).join(" ") : words[0]!;
  const suggestion = nearest(
    typed,
    commands.map(({ name }) => name),
  );
  throw commandLineError(`Unknown command ${typed}`, suggestion && `Did you mean "tepal ${suggestion}"?`);
}
