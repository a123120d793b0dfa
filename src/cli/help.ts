import { type ArgDef, type ArgDefs, type Command, commonArgs } from "./command.js";
import { optionName, shownName } from "./parse.js";

/** A command as listed in the command table, without loading its file. */
export interface CommandEntry {
  readonly name: string;
  readonly help: string;
}

/** `tepal --help`, `tepal cloud --help`. */
export function helpOfAll(entries: readonly CommandEntry[]): string {
  return [
    "tepal: deploy trained models as serverless prediction APIs",
    "",
    "Usage: tepal COMMAND ...",
    "",
    ...columns(entries.map(({ name, help }) => [name, help])),
    "",
    "tepal COMMAND --help shows the options of one command. Every command accepts --json.",
  ].join("\n");
}

/** `tepal deploy --help`. */
export function helpOf(entry: CommandEntry, { args, examples }: Command): string {
  const positionals = Object.entries(args).filter(([, def]) => def.positional);
  const options = Object.entries({ ...args, ...commonArgs } as ArgDefs).filter(([, def]) => !def.positional);
  const operands = positionals.map(([name, def]) => {
    const shown = `${shownName(name)}${def.variadic ? "..." : ""}`;
    return def.required ? shown : `[${shown}]`;
  });
  return [
    `tepal ${entry.name}: ${entry.help}`,
    "",
    `Usage: ${["tepal", entry.name, ...operands, "[OPTIONS]"].join(" ")}`,
    "",
    ...columns([
      ...positionals.map(([name, def]) => [shownName(name), def.help] as const),
      ...options.map(([name, def]) => [optionText(name, def), helpWithDefault(def)] as const),
    ]),
    ...(examples.length === 0 ? [] : ["", "Examples:", ...examples.map((line) => `  tepal ${line}`)]),
  ].join("\n");
}

function optionText(name: string, def: ArgDef): string {
  return `--${optionName(name)}${def.flag ? "" : ` ${def.value ?? shownName(name)}`}`;
}

function helpWithDefault(def: ArgDef): string {
  if (def.required) return `${def.help} (required)`;
  if (def.repeatable) return `${def.help} (can be repeated)`;
  const shown = def.defaultText ?? (def.default === undefined ? undefined : String(def.default));
  if (def.env !== undefined) return `${def.help} (default: $${def.env}, else ${shown})`;
  return shown === undefined ? def.help : `${def.help} (default ${shown})`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
