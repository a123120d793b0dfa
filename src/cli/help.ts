import { type Command, commonTakes, type Take, type Takes } from "./command.js";
import { optionName, shownName } from "./parse.js";

/** A command as the table of commands lists it: known without loading its file. */
export interface CommandEntry {
  readonly name: string;
  readonly help: string;
}

/** `tepal --help`, `tepal cloud --help`. */
export function helpOfAll(entries: readonly CommandEntry[]): string {
  return [
    "tepal: a trained model file in, a serverless prediction API out",
    "",
    "Usage: tepal COMMAND ...",
    "",
    ...columns(entries.map(({ name, help }) => [name, help])),
    "",
    "tepal COMMAND --help tells more about one. Every command takes --json.",
  ].join("\n");
}

/** `tepal deploy --help`. */
export function helpOf(entry: CommandEntry, { takes, examples }: Command): string {
  const positionals = Object.entries(takes).filter(([, take]) => take.positional);
  const options = Object.entries({ ...takes, ...commonTakes } as Takes).filter(([, take]) => !take.positional);
  const words = positionals.map(([name, take]) => (take.required ? shownName(name) : `[${shownName(name)}]`));
  return [
    `tepal ${entry.name}: ${entry.help}`,
    "",
    `Usage: ${["tepal", entry.name, ...words, "[OPTIONS]"].join(" ")}`,
    "",
    ...columns([
      ...positionals.map(([name, take]) => [shownName(name), take.help] as const),
      ...options.map(([name, take]) => [optionWords(name, take), helpWithDefault(take)] as const),
    ]),
    ...(examples.length === 0 ? [] : ["", "Examples:", ...examples.map((line) => `  tepal ${line}`)]),
  ].join("\n");
}

function optionWords(name: string, take: Take): string {
  return `--${optionName(name)}${take.flag ? "" : ` ${take.value ?? shownName(name)}`}`;
}

function helpWithDefault(take: Take): string {
  if (take.required) return `${take.help} (required)`;
  return take.default === undefined ? take.help : `${take.help} (default ${take.defaultWords ?? String(take.default)})`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
