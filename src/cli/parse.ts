import { parseArgs } from "node:util";
import { TepalError } from "../base/index.js";
import type { Take, Takes } from "./command.js";
import { CliError } from "./errors.js";
import { nearest } from "./suggest.js";

/** The error of a command line that cannot be carried out: exit status 2. */
export function refuse(message: string, hint?: string): TepalError {
  return new CliError("command-line", message, hint === undefined ? {} : { hint });
}

/** The name of a positional take as people see it. */
export function shownName(name: string): string {
  return name.toUpperCase();
}

/** `memoryMb` is --memory-mb. */
export function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * Reads a command's words by what it takes.
 * @throws CliError "command-line": an unknown option, a missing or superfluous argument, a value that does not parse.
 */
export function parseCommandLine(args: readonly string[], takes: Takes): Record<string, unknown> {
  const byOption = new Map(
    Object.entries(takes).flatMap(([name, take]) => (take.positional ? [] : [[optionName(name), { name, take }]])),
  );
  const positionals = Object.entries(takes).filter(([, take]) => take.positional);
  const given: Record<string, unknown> = {};
  for (const [name, take] of Object.entries(takes)) given[name] = take.flag ? false : take.default;

  let position = 0;
  for (const token of tokensOf(args, byOption)) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      const next = positionals[position++];
      if (!next) throw refuse(`One argument too many: ${token.value}`);
      given[next[0]] = parsedValue(next[1], token.value, shownName(next[0]));
      continue;
    }
    const known = byOption.get(token.name);
    if (!known) throw unknownOption(token.rawName, byOption.keys());
    if (known.take.flag) {
      if (token.value !== undefined) throw refuse(`${token.rawName} takes no value`);
      given[known.name] = true;
    } else {
      if (token.value === undefined) throw refuse(`${token.rawName} needs a value: ${known.take.help}`);
      given[known.name] = parsedValue(known.take, token.value, token.rawName);
    }
  }
  return given;
}

/** @throws CliError "command-line" when something required was not given. Apart from parsing, so that --help goes first. */
export function requireAll(given: Readonly<Record<string, unknown>>, takes: Takes): void {
  for (const [name, take] of Object.entries(takes)) {
    if (!take.required || given[name] !== undefined) continue;
    throw refuse(`Missing ${take.positional ? shownName(name) : `--${optionName(name)}`}: ${take.help}`);
  }
}

function tokensOf(args: readonly string[], byOption: ReadonlyMap<string, { readonly take: Take }>) {
  const options = Object.fromEntries(
    [...byOption].map(([name, { take }]) => [name, { type: take.flag ? ("boolean" as const) : ("string" as const) }]),
  );
  return parseArgs({
    args: [...args],
    options: { ...options, help: { type: "boolean", short: "h" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

function parsedValue(take: Take, text: string, shown: string): unknown {
  if (!take.parse) return text;
  try {
    return take.parse(text);
  } catch (error) {
    if (error instanceof TepalError && error.code === "command-line") throw refuse(`${shown}: ${error.message}`);
    throw error;
  }
}

function unknownOption(rawName: string, names: Iterable<string>): TepalError {
  const meant = nearest(rawName.replace(/^-+/, ""), names);
  return refuse(`Unknown option ${rawName}`, meant && `Did you mean --${meant}?`);
}

/** A whole number between two bounds, for `parse`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < min || number > max) {
      throw refuse(`${text} is not a whole number from ${min} to ${max}`);
    }
    return number;
  };
}

/** One of a few words, for `parse`. */
export function oneOf<const T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw refuse(`${text} is not one of ${words.join(", ")}`);
    return found;
  };
}
