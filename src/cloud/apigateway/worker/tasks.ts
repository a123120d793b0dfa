// What a worker thread does. Inputs and outputs are plain data; a fault of a template or a body is an output, not an
// exception.

import type { Model } from "@aws-sdk/client-api-gateway";
import { type FunctionResponse, MalformedResponse, readResponse1 } from "../../lambda-events/index.js";
import type { MappingScope } from "../integrations/parameter-sources.js";
import { type MappingResult, performMapping } from "../integrations/perform-mapping.js";
import { Template } from "../integrations/template.js";
import { JavaRegexError, javaRegex } from "../regex/java-regex.js";
import { type BodyValidators, bodyValidators, ModelUnusable } from "../rest/body-validators.js";
import { VtlError } from "../vtl/ast.js";
import { fromWire, toWire, type WireValue } from "../vtl/values.js";
import { BudgetExceeded, mainThreadBudget, withinBudget, workerBudget } from "./budget.js";

interface MapInput {
  readonly parameters: Readonly<Record<string, string>>;
  readonly template: string | undefined;
  readonly scope: MappingScope;
  readonly context: WireValue;
}

interface ValidateInput {
  /** Names the deployment: its models are compiled once. */
  readonly deploymentKey: string;
  readonly models: Readonly<Record<string, Model>>;
  readonly model: string;
  readonly body: Uint8Array;
}

/** `unusable` says what is wrong with the model, `fault` with the body. */
type ValidateOutput = { readonly fault: string | undefined } | { readonly unusable: string };

export interface Failed {
  readonly error: string;
}

/** Input and output of each kind of task. */
export interface Tasks {
  readonly map: {
    readonly input: MapInput;
    readonly output: (MappingResult & { readonly context: WireValue }) | Failed;
  };
  /** The output is what is wrong with the body; undefined: it is valid. */
  readonly validate: { readonly input: ValidateInput; readonly output: ValidateOutput | Failed };
  /** Whether a Java pattern matches the whole text. */
  readonly matches: {
    readonly input: { readonly pattern: string; readonly text: string };
    readonly output: boolean | Failed;
  };
  /** Reads what a function returned to a proxy integration. */
  readonly "proxy-response": { readonly input: Uint8Array; readonly output: FunctionResponse | Failed };
}

type Performers = { readonly [Kind in keyof Tasks]: (input: Tasks[Kind]["input"]) => Tasks[Kind]["output"] };

const performers: Performers = {
  map({ parameters, template, scope, context }) {
    const decoded = fromWire(context);
    const map = decoded instanceof Map ? decoded : new Map();
    const result = performMapping(
      { parameters, template: template === undefined ? undefined : templateOf(template) },
      scope,
      map,
    );
    // The receiving thread pays for what it gets: no more than it may spend itself.
    return { ...result, context: withinBudget(mainThreadBudget(), () => toWire(map)) };
  },
  validate({ deploymentKey, models, model, body }) {
    try {
      return { fault: validatorsOf(deploymentKey, models).fault(model, body) };
    } catch (error) {
      if (error instanceof ModelUnusable) return { unusable: error.message };
      throw error;
    }
  },
  matches({ pattern, text }) {
    return javaRegex(pattern).matches(text);
  },
  "proxy-response": readResponse1,
};

/** Performs one task. Throws only what is a fault of this program. */
export function perform<Kind extends keyof Tasks>(
  kind: Kind,
  input: Tasks[Kind]["input"],
): Tasks[Kind]["output"] | Failed {
  try {
    return withinBudget(workerBudget(), () => performers[kind](input));
  } catch (error) {
    if (isInputFault(error)) return { error: error.message };
    throw error;
  }
}

function isInputFault(error: unknown): error is Error {
  return [VtlError, JavaRegexError, MalformedResponse, BudgetExceeded, RangeError].some(
    (type) => error instanceof type,
  );
}

/** Compiled templates and models that a thread keeps. */
const keptMax = 32;
const templates = new Map<string, Template>();
const validators = new Map<string, BodyValidators>();

function templateOf(text: string): Template {
  return kept(templates, text, () => new Template(text));
}

function validatorsOf(key: string, models: Readonly<Record<string, Model>>): BodyValidators {
  return kept(validators, key, () => bodyValidators(models));
}

function kept<T>(entries: Map<string, T>, key: string, create: () => T): T {
  let entry = entries.get(key);
  if (entry === undefined) {
    if (entries.size >= keptMax) entries.clear();
    entry = create();
    entries.set(key, entry);
  }
  return entry;
}
