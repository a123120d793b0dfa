// From words to a command: finds it in the table, loads its file, parses by its takes, runs it, and prints what goes wrong.

import { type Command, commonTakes } from "./command.js";
import { commands, type ListedCommand } from "./commands.js";
import { helpOf, helpOfAll } from "./help.js";
import { parseCommandLine, refuse, requireAll } from "./parse.js";
import { printError } from "./print-error.js";
import { nearest } from "./suggest.js";
import type { World } from "./world.js";

/** Runs one command line (without "node" and the script) and answers its exit status: 0 done, 1 failed, 2 wrong command line. */
export async function tepal(words: readonly string[], world: World): Promise<number> {
  const { terminal } = world;
  let during = "tepal";
  try {
    const first = words[0];
    if (first === "--version") {
      terminal.result({ version: world.version }, world.version);
      return 0;
    }
    if (first === undefined || first === "--help" || first === "-h" || first === "help") {
      terminal.result(
        commands.map(({ name, help }) => ({ name, help })),
        helpOfAll(commands),
      );
      return first === undefined ? 2 : 0;
    }
    const { entry, rest } = findCommand(words);
    during = `tepal ${entry.name}`;
    return await runCommand(entry, await entry.load(), rest, world);
  } catch (error) {
    return printError(error, during, terminal);
  }
}

async function runCommand(entry: ListedCommand, found: Command, args: readonly string[], world: World) {
  const takes = { ...found.takes, ...commonTakes };
  const given = parseCommandLine(args, takes);
  if (given.help) {
    world.terminal.result({ name: entry.name, help: entry.help, takes }, helpOf(entry, found));
    return 0;
  }
  requireAll(given, takes);
  return (await found.run(given, world)) ?? 0;
}

/** A command's name is one word or two ("cloud start"). */
function findCommand(words: readonly string[]): { readonly entry: ListedCommand; readonly rest: readonly string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const entry = commands.find((candidate) => candidate.name === name);
    if (entry) return { entry, rest: words.slice(length) };
  }
  const family = commands.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => name);
  if (family.length > 0) throw refuse(`tepal ${words[0]} needs one more word`, `One of: ${family.join(", ")}.`);
  const meant = nearest(
    words[0]!,
    commands.map(({ name }) => name),
  );
  throw refuse(`Unknown command ${words[0]}`, meant && `Did you mean "tepal ${meant}"?`);
}
