// A command is data: what it takes, and what it does with it. Parsing, help and refusals follow from the data.

import type { CommandContext } from "./command-context.js";

/** One argument or option. Its name is its key in `takes`. */
export interface Take {
  readonly help: string;
  /** An argument by position (shown in capitals), not an option. */
  readonly positional?: true;
  /** Present or absent; takes no value. */
  readonly flag?: true;
  readonly required?: true;
  /** The word for its value in help: PORT, DIR. */
  readonly value?: string;
  /** The value when it is not given. */
  readonly default?: unknown;
  /** How help writes the default, where that is not the value itself. */
  readonly defaultWords?: string;
  /** Turns the text into a value. @throws CliError "command-line" (see `refuse`) */
  readonly parse?: (text: string) => unknown;
}

export type Takes = Readonly<Record<string, Take>>;

type ValueOf<T extends Take> = T extends { parse: (text: string) => infer V } ? V : string;

type GivenOf<T extends Take> = T extends { flag: true }
  ? boolean
  : T extends { required: true }
    ? ValueOf<T>
    : T extends { default: ValueOf<T> }
      ? ValueOf<T>
      : ValueOf<T> | undefined;

/** What `run` receives: one value for each take. */
export type Given<T extends Takes> = { readonly [Name in keyof T]: GivenOf<T[Name]> };

export interface Command {
  readonly takes: Takes;
  /** Command lines worth copying, after the word `tepal`. */
  readonly examples: readonly string[];
  /** `given` is what `parseCommandLine` made of these takes. */
  readonly run: (given: Readonly<Record<string, unknown>>, context: CommandContext) => Promise<number | undefined>;
}

export interface CommandDefinition<T extends Takes> {
  readonly takes: T;
  readonly examples?: readonly string[];
  /** Answers an exit status where it is not 0. */
  run(given: Given<T>, context: CommandContext): Promise<number | undefined> | Promise<void>;
}

export function command<const T extends Takes>({ takes, examples = [], run }: CommandDefinition<T>): Command {
  return {
    takes,
    examples,
    // The parser fills `given` from these very takes, which is what Given<T> says.
    run: async (given, context) => (await run(given as Given<T>, context)) ?? undefined,
  };
}

/** The options that every command has. */
export const commonTakes = {
  json: { flag: true, help: "print one JSON document" },
  help: { flag: true, help: "show this help" },
} as const satisfies Takes;
