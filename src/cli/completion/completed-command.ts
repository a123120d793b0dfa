// What a shell can complete after each command, derived from the definitions of its arguments.

import { type ArgDef, type ArgDefs, commonArgs } from "../command.js";
import type { ListedCommand } from "../commands.js";
import { optionName, shownName } from "../parse.js";

/** The values of an argument: a list of words, or what is looked up when the user presses the key. */
export type Values = readonly string[] | "deployment" | "file" | "directory" | "request" | "unknown";

interface CompletedOption {
  /** With its hyphens. */
  readonly name: string;
  readonly help: string;
  /** undefined: an option without a value. */
  readonly values: Values | undefined;
  readonly placeholder: string;
  readonly isRepeatable: boolean;
}

interface CompletedPositional {
  readonly name: string;
  readonly values: Values;
  /** It can be repeated; the last one. */
  readonly isVariadic: boolean;
}

export interface CompletedCommand {
  /** One or two words: "deploy", "cloud start". */
  readonly name: string;
  readonly help: string;
  readonly options: readonly CompletedOption[];
  readonly positionals: readonly CompletedPositional[];
}

/** All commands, also `help`, which is followed by a command. */
export async function completedCommands(commands: readonly ListedCommand[]): Promise<CompletedCommand[]> {
  const completed = await Promise.all(
    commands.map(async ({ name, help, load }) => completedCommand(name, help, (await load()).args)),
  );
  const words = [...new Set(commands.map(({ name }) => name.split(" ")[0]!))];
  const followed: CompletedPositional = { name: "COMMAND", values: words, isVariadic: false };
  return [...completed, { name: "help", help: "show the help of a command", options: [], positionals: [followed] }];
}

/** The first words of commands with the help of those that have one word: `cloud` is followed by another. */
export function firstWords(commands: readonly CompletedCommand[]): (readonly [word: string, help: string])[] {
  const groups = new Map<string, string>();
  for (const { name, help } of commands) {
    const [first = "", second] = name.split(" ");
    const before = groups.get(first);
    groups.set(first, second === undefined ? help : before === undefined ? second : `${before}, ${second}`);
  }
  return [...groups];
}

function completedCommand(name: string, help: string, args: ArgDefs): CompletedCommand {
  const entries: [string, ArgDef][] = Object.entries({ ...args, ...commonArgs });
  return {
    name,
    help,
    options: entries
      .filter(([, def]) => !def.positional)
      .map(([key, def]) => ({
        name: `--${optionName(key)}`,
        help: def.help,
        values: def.flag ? undefined : (valuesOf(def) ?? "unknown"),
        placeholder: def.value ?? shownName(key),
        isRepeatable: def.repeatable === true,
      })),
    positionals: positionalsOf(entries),
  };
}

function positionalsOf(entries: readonly (readonly [string, ArgDef])[]): CompletedPositional[] {
  const positionals = entries
    .filter(([, def]) => def.positional)
    .map(([key, def]) => ({
      name: shownName(key),
      values: valuesOf(def) ?? ("file" as const),
      isVariadic: def.variadic === true,
    }));
  const variadic = positionals.findIndex(({ isVariadic }) => isVariadic);
  if (variadic < 0) return positionals;
  // What follows an argument that can be repeated cannot be told from it: @FILE completes wherever it can be.
  const request = positionals.slice(variadic).find(({ values }) => values === "request");
  return [...positionals.slice(0, variadic), { ...positionals[variadic]!, ...(request && { values: request.values }) }];
}

function valuesOf({ parse, completes }: ArgDef): Values | undefined {
  return completes ?? (parse && "choices" in parse ? (parse.choices as readonly string[]) : undefined);
}
