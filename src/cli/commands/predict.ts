import { FunctionError } from "../../function/index.js";
import { readMethod, readTable, toJson } from "../../model/index.js";
import { command } from "../command.js";
import { requestText } from "../files.js";
import { readModelSource } from "../model-source.js";
import { modelArgs, requestedModel } from "../spec-file.js";

export const predict = command({
  args: {
    ...modelArgs,
    request: {
      positional: true,
      help: "the request as JSON, or only its rows; default: standard input",
      matches: (text) => /^\s*[[{]/.test(text),
    },
    method: { help: "method to call: predict, predict_proba, ..." },
  },
  examples: [
    `predict iris_model.sav '{"values": [[5.9, 3.0, 5.1, 2.3]]}'`,
    `predict iris_model.sav '[[5.9, 3.0, 5.1, 2.3]]' --method predict_proba`,
  ],

  async run({ request, method, ...choice }, context) {
    const { model } = await readModelSource(await requestedModel(choice, context), context);
    const body = requestOf(await requestText(request, context));
    const name = readMethod(method ?? body.method, model.signature);
    const prediction = toJson(await model.run(name, readTable(body.values, model.signature)));
    context.terminal.resultText(prediction);
  },
});

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
