import { statSync } from "node:fs";
import { resolve } from "node:path";
import { FunctionError } from "../../function/index.js";
import { readMethod, readTable, toJson } from "../../model/index.js";
import { command } from "../command.js";
import type { CommandContext } from "../command-context.js";
import { looksLikeRequest, readUserFile, requestForms, requestText } from "../files.js";
import { readModelSource } from "../model-source.js";
import { modelArgs, requestedModel } from "../spec-file.js";

export const predict = command({
  args: {
    ...modelArgs,
    request: {
      positional: true,
      completes: "request",
      help: `the request, or only its rows: ${requestForms}; or a JSON file beside the model; default: standard input`,
      matches: looksLikeRequest,
    },
    method: { help: "method to call: predict, predict_proba, ..." },
  },
  examples: [
    `predict iris_model.sav '{"values": [[5.9, 3.0, 5.1, 2.3]]}'`,
    `predict iris_model.sav '[[5.9, 3.0, 5.1, 2.3]]' --method predict_proba`,
    "predict iris_model.sav @request.json",
    "predict iris_model.sav - < request.json",
  ],

  async run({ request, method, ...choice }, context) {
    const file = request === undefined ? await requestFileIn(choice.model, context) : undefined;
    const named = file === undefined ? choice : { ...choice, model: choice.model.slice(0, -1) };
    const { model } = await readModelSource(await requestedModel(named, context), context);
    const body = requestOf(file ?? (await requestText(request, context)));
    const name = readMethod(method ?? body.method, model.signature);
    const prediction = toJson(await model.run(name, readTable(body.values, model.signature)));
    context.terminal.resultText(prediction);
  },
});

/**
 * The text of the last argument, where it is a JSON file of a request and not one of the model: an object with values,
 * or a list whose items are not all names.
 */
async function requestFileIn(model: readonly string[], context: CommandContext): Promise<string | undefined> {
  const file = model.at(-1);
  if (file === undefined || !file.endsWith(".json")) return undefined;
  const path = resolve(context.cwd, file);
  if (!(statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)) return undefined;
  const text = (await readUserFile(file, context)).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isRequest = Array.isArray(value)
    ? value.some((row) => typeof row !== "string")
    : typeof value === "object" && value !== null && "values" in value;
  return isRequest ? text : undefined;
}

/** Parses a request in the form of the API, or only its rows. */
function requestOf(text: string): { readonly values?: unknown; readonly method?: unknown } {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "";
    throw new FunctionError("input-not-json", `The request is not valid JSON: ${reason}`, { cause });
  }
  return typeof request === "object" && request !== null && !Array.isArray(request) ? request : { values: request };
}
