// tepal.yaml: what the command line does not say of a model.

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { suggestion } from "../base/index.js";
import type { CodeSchema } from "../contract/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";
import { readUserFile } from "./files.js";
import { commandLineError } from "./parse.js";

const specFileName = "tepal.yaml";

/** Specs are written by hand: a larger file is something else. */
const specBytesMax = 1 << 20;
/** Aliases that a document may expand to: a few nested ones would fill the memory. */
const aliasesMax = 100;
/** Nesting of brackets, and of "- " or "? " on one line: the YAML parser exhausts the memory with thousands. */
const nestingMax = 200;

const knownKeys = ["model", "schema", "example"] as const;

interface SpecFile {
  /** As the user wrote it, for messages. */
  readonly path: string;
  /** What the key `model` says: the parsed YAML. */
  readonly model: unknown;
  /** JSON Schemas of the request and the response, for code. */
  readonly schema?: CodeSchema;
  /** A request that the code accepts. */
  readonly example?: unknown;
}

/** The arguments of every command that reads a model. */
export const modelArgs = {
  model: {
    positional: true,
    variadic: true,
    help: "model files in the order of use (FILE::MEMBER selects one object of a file), or a directory of Python code",
  },
  config: {
    completes: "file",
    help: `spec file, read when no MODEL is given; default: ${specFileName} if it exists`,
    value: "FILE",
  },
} as const;

/** What the command line or the spec file says of the model. */
export interface RequestedModel {
  /** A string, a list or a mapping, as the key `model` of a spec file. */
  readonly value: unknown;
  /** Paths are relative to this directory. */
  readonly directory: string;
  /** Undefined: the value comes from the command line. */
  readonly specPath?: string;
  readonly schema?: CodeSchema;
  readonly example?: unknown;
}

interface ModelChoice {
  readonly model: readonly string[];
  readonly config: string | undefined;
}

/**
 * The arguments MODEL, or else the spec file.
 * @throws CliError "command-line" if there is neither, or both; "file-unreadable", "spec-file-invalid"
 */
export async function requestedModel({ model, config }: ModelChoice, context: CommandContext): Promise<RequestedModel> {
  if (model.length > 0) {
    if (config === undefined) return { value: model.length === 1 ? model[0] : model, directory: context.cwd };
    throw commandLineError(
      "MODEL and --config are both given",
      "The spec file says what the model is: omit one of them.",
    );
  }
  const spec = await readSpecFile(config, context);
  if (spec) {
    const { path, model: value, ...code } = spec;
    return { value, directory: dirname(resolve(context.cwd, path)), specPath: path, ...code };
  }
  throw commandLineError("Missing MODEL: paths of the model files", `Or write a spec file, ${specFileName}.`);
}

/** The absolute path of the spec file that `requestedModel` reads; undefined if it reads none. */
export function specPathOf({ model, config }: ModelChoice, { cwd }: CommandContext): string | undefined {
  const path = resolve(cwd, config ?? specFileName);
  return model.length === 0 && (config !== undefined || existsSync(path)) ? path : undefined;
}

/**
 * Reads the spec file: `config`, or tepal.yaml in the working directory. Undefined if neither exists.
 * @throws CliError "file-unreadable", "spec-file-invalid" with line and column
 */
async function readSpecFile(config: string | undefined, context: CommandContext): Promise<SpecFile | undefined> {
  if (config === undefined && !existsSync(join(context.cwd, specFileName))) return undefined;
  const path = config ?? specFileName;
  const bytes = await readUserFile(path, context);
  if (bytes.length > specBytesMax) {
    throw invalid(path, `The file has ${bytes.length} bytes; a spec file has at most ${specBytesMax}`);
  }
  const spec = parseYaml(bytes.toString("utf8"), path);
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw invalid(path, "The file is not a mapping of keys to values");
  }
  for (const key of Object.keys(spec)) {
    if (knownKeys.some((known) => known === key)) continue;
    const hint = suggestion(key, knownKeys, `The keys are: ${knownKeys.join(", ")}.`);
    throw invalid(path, `Unknown key ${JSON.stringify(key)}`, hint);
  }
  const model: unknown = "model" in spec ? spec.model : undefined;
  if (model === undefined || model === null) throw invalid(path, 'The key "model" is missing');
  const { schema, example } = spec as { readonly schema?: unknown; readonly example?: unknown };
  return {
    path,
    model,
    ...(schema !== undefined && { schema: codeSchemaOf(schema, path) }),
    ...(example !== undefined && { example }),
  };
}

/** `schema`: JSON Schemas by the keys request and response. */
function codeSchemaOf(value: unknown, path: string): CodeSchema {
  const isObject = (each: unknown) => typeof each === "object" && each !== null && !Array.isArray(each);
  if (!isObject(value)) throw invalid(path, '"schema" is not a mapping with the keys request and response');
  const entries = Object.entries(value as object).map(([key, schema]: [string, unknown]) => {
    if (key !== "request" && key !== "response") {
      throw invalid(path, `Unknown key schema.${key}`, "The keys are: request, response.");
    }
    if (!isObject(schema)) throw invalid(path, `schema.${key} is not a JSON Schema`);
    return [key, schema];
  });
  return Object.fromEntries(entries);
}

function parseYaml(text: string, path: string): unknown {
  if (isNestedTooDeeply(text)) throw invalid(path, `The file is nested more than ${nestingMax} levels`);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw invalid(path, `${error.message} at ${whereOf(lineCounter.linePos(error.pos[0]))}`);
  try {
    return document.toJS({ maxAliasCount: aliasesMax });
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message : String(cause));
  }
}

function isNestedTooDeeply(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    if (bracket === "[" || bracket === "{") depth++;
    else depth = Math.max(0, depth - 1);
    if (depth > nestingMax) return true;
  }
  return text.split("\n").some((line) => (/^\s*(?:[-?]\s+)*/.exec(line)?.[0].match(/[-?]/g)?.length ?? 0) > nestingMax);
}

function whereOf({ line, col }: { readonly line: number; readonly col: number }): string {
  return `line ${line}, column ${col}`;
}

function invalid(path: string, message: string, hint?: string): CliError {
  return new CliError("spec-file-invalid", message, { place: { file: path }, ...(hint !== undefined && { hint }) });
}
