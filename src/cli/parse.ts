import { parseArgs } from "node:util";
import { nearest, TepalError } from "../base/index.js";
import type { ArgDef, ArgDefs } from "./command.js";
import { CliError } from "./errors.js";

/** The error of an invalid command line: exit status 2. */
export function commandLineError(message: string, hint?: string): TepalError {
  return new CliError("command-line", message, hint === undefined ? {} : { hint });
}

/** The name of a positional argument as help shows it. */
export function shownName(name: string): string {
  return name.toUpperCase();
}

/** `memoryMb` is --memory-mb. */
export function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

interface Option {
  readonly name: string;
  readonly def: ArgDef;
}

/**
 * Parses the arguments of a command by their definitions. The value of an option is that of the command line, else that
 * of its environment variable, else its default.
 * @throws CliError "command-line": an unknown option, a missing or superfluous argument, a value that does not parse
 */
export function parseCommandLine(
  argv: readonly string[],
  defs: ArgDefs,
  env: Readonly<Record<string, string | undefined>> = {},
): Record<string, unknown> {
  const options: ReadonlyMap<string, Option> = new Map(
    Object.entries(defs).flatMap(([name, def]) => (def.positional ? [] : [[optionName(name), { name, def }]])),
  );
  const positionals = Object.entries(defs).filter(([, def]) => def.positional);
  const parsed: Record<string, unknown> = {};
  const lists = new Map<string, unknown[]>();
  for (const [name, def] of Object.entries(defs)) {
    if (def.variadic || def.repeatable) lists.set(name, []);
    parsed[name] = lists.get(name) ?? (def.flag ? false : undefined);
  }

  let position = 0;
  for (const token of tokensOf(argv, options)) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      const matching = positionals.find(([name, def]) => parsed[name] === undefined && def.matches?.(token.value));
      const next = matching ?? positionals[position];
      if (!next) throw commandLineError(`Unexpected argument: ${token.value}`);
      const [name, def] = next;
      const value = parsedValue(def, token.value, shownName(name));
      const list = lists.get(name);
      if (list) list.push(value);
      else parsed[name] = value;
      if (!list && !matching) position++;
      continue;
    }
    const option = options.get(token.name);
    if (!option) throw unknownOption(token.rawName, options.keys());
    if (option.def.flag) {
      if (token.value !== undefined) throw commandLineError(`${token.rawName} does not take a value`);
      parsed[option.name] = true;
    } else {
      if (token.value === undefined) throw commandLineError(`${token.rawName} requires a value: ${option.def.help}`);
      const value = parsedValue(option.def, token.value, token.rawName);
      const list = lists.get(option.name);
      if (list) list.push(value);
      else parsed[option.name] = value;
    }
  }
  for (const [name, def] of Object.entries(defs)) parsed[name] ??= valueOfEnv(def, env) ?? def.default;
  return parsed;
}

/** An empty variable counts as one that is not set. */
function valueOfEnv(def: ArgDef, env: Readonly<Record<string, string | undefined>>): unknown {
  const text = def.env === undefined ? undefined : env[def.env];
  return text === undefined || text === "" ? undefined : parsedValue(def, text, `The environment variable ${def.env}`);
}

/**
 * @throws CliError "command-line" if a required argument is missing. Not part of parsing, so that --help has
 * precedence.
 */
export function requireAll(parsed: Readonly<Record<string, unknown>>, defs: ArgDefs): void {
  for (const [name, def] of Object.entries(defs)) {
    if (!def.required || parsed[name] !== undefined) continue;
    throw commandLineError(`Missing ${def.positional ? shownName(name) : `--${optionName(name)}`}: ${def.help}`);
  }
}

function tokensOf(argv: readonly string[], options: ReadonlyMap<string, Option>) {
  const types = Object.fromEntries(
    [...options].map(([name, { def }]) => [name, { type: def.flag ? ("boolean" as const) : ("string" as const) }]),
  );
  return parseArgs({
    args: [...argv],
    options: { ...types, help: { type: "boolean", short: "h" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

function parsedValue(def: ArgDef, text: string, shown: string): unknown {
  if (!def.parse) return text;
  try {
    return def.parse(text);
  } catch (error) {
    if (error instanceof TepalError && error.code === "command-line")
      throw commandLineError(`${shown}: ${error.message}`);
    throw error;
  }
}

function unknownOption(rawName: string, names: Iterable<string>): TepalError {
  const suggestion = nearest(rawName.replace(/^-+/, ""), names);
  return commandLineError(`Unknown option ${rawName}`, suggestion && `Did you mean --${suggestion}?`);
}

/** Parser of integers from `min` to `max`. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < min || number > max) {
      throw commandLineError(`${text} is not an integer from ${min} to ${max}`);
    }
    return number;
  };
}

/** Parser of one of the listed choices, which shells complete. */
export function oneOf<const T extends string>(
  ...choices: readonly T[]
): ((text: string) => T) & { readonly choices: readonly T[] } {
  const parse = (text: string) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw commandLineError(`${text} is not one of ${choices.join(", ")}`);
    return found;
  };
  return Object.assign(parse, { choices });
}

/** Parser of a JSON value. */
export function jsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw commandLineError(`Not JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
