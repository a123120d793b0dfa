// A command is data: its arguments and what it runs. Parsing, help and usage errors are derived from the data.

import type { CommandContext } from "./command-context.js";

/** One positional argument or option. Its name is its key in `args`. */
export interface ArgDef {
  readonly help: string;
  /** A positional argument (shown in capitals), not an option. */
  readonly positional?: true;
  /** A positional argument that can be repeated: its value is a list. */
  readonly variadic?: true;
  /** An option that can be repeated: its value is a list. */
  readonly repeatable?: true;
  /** Recognizes a positional argument by its text, wherever it is. It is the only way past a variadic one. */
  readonly matches?: (text: string) => boolean;
  /** A boolean option without a value. */
  readonly flag?: true;
  readonly required?: true;
  /** What shells complete beside the choices of `oneOf`. Default: files for a positional argument, else nothing. */
  readonly completes?: "deployment" | "file" | "directory" | "request";
  /** The placeholder of the option's value in help: PORT, DIR. */
  readonly value?: string;
  /** The value when the argument is omitted. */
  readonly default?: unknown;
  /** The default as help prints it, where that differs from the value itself. */
  readonly defaultText?: string;
  /** The environment variable whose value counts when the argument is omitted. */
  readonly env?: string;
  /** Converts the string to a value. @throws CliError "command-line" (see `commandLineError`) */
  readonly parse?: (text: string) => unknown;
}

export type ArgDefs = Readonly<Record<string, ArgDef>>;

type ValueOf<Def extends ArgDef> = Def extends { parse: (text: string) => infer V } ? V : string;

type ParsedArg<Def extends ArgDef> = Def extends { flag: true }
  ? boolean
  : Def extends { variadic: true } | { repeatable: true }
    ? readonly ValueOf<Def>[]
    : Def extends { required: true }
      ? ValueOf<Def>
      : Def extends { default: ValueOf<Def> }
        ? ValueOf<Def>
        : ValueOf<Def> | undefined;

/** What `run` receives: one value for each argument definition. */
type ParsedArgs<Defs extends ArgDefs> = { readonly [Name in keyof Defs]: ParsedArg<Defs[Name]> };

export interface Command {
  readonly args: ArgDefs;
  /** Command lines worth copying, without the leading `tepal`. */
  readonly examples: readonly string[];
  /** `parsed` is the result of `parseCommandLine` for these argument definitions. */
  readonly run: (parsed: Readonly<Record<string, unknown>>, context: CommandContext) => Promise<number | undefined>;
}

interface CommandDefinition<Defs extends ArgDefs> {
  readonly args: Defs;
  readonly examples?: readonly string[];
  /** Returns the exit status if it is not 0. */
  run(parsed: ParsedArgs<Defs>, context: CommandContext): Promise<number | undefined> | Promise<void>;
}

export function command<const Defs extends ArgDefs>({ args, examples = [], run }: CommandDefinition<Defs>): Command {
  return {
    args,
    examples,
    // The parser builds `parsed` from these definitions, which is what ParsedArgs<Defs> states.
    run: async (parsed, context) => (await run(parsed as ParsedArgs<Defs>, context)) ?? undefined,
  };
}

/** The options that every command has. */
export const commonArgs = {
  json: { flag: true, help: "print one JSON document" },
  help: { flag: true, help: "show this help" },
} as const satisfies ArgDefs;
