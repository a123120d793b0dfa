import { FunctionError } from "../../function/index.js";
import { readMethod, readTable, toJson } from "../../model/index.js";
import { command } from "../command.js";
import { readModelFile, requestText } from "../files.js";

export const predict = command({
  takes: {
    model: { positional: true, required: true, help: "path of the model file" },
    request: { positional: true, help: "the request as JSON, or its rows alone; standard input when left out" },
    method: { help: "what to ask the model for: predict, predict_proba, ..." },
  },
  examples: [
    `predict iris_model.sav '{"values": [[5.9, 3.0, 5.1, 2.3]]}'`,
    `predict iris_model.sav '[[5.9, 3.0, 5.1, 2.3]]' --method predict_proba`,
  ],

  async run({ model: path, request, method }, context) {
    const { model } = await readModelFile(path, context);
    const asked = requestOf(await requestText(request, context));
    const name = readMethod(method ?? asked.method, model.signature);
    const answer = toJson(await model.run(name, readTable(asked.values, model.signature)));
    context.terminal.resultText(answer);
  },
});

/** A request as the API takes it, or the rows alone. */
function requestOf(text: string): { readonly values?: unknown; readonly method?: unknown } {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "";
    throw new FunctionError("input-not-json", `The request is not JSON: ${reason}`, { cause });
  }
  return typeof request === "object" && request !== null && !Array.isArray(request) ? request : { values: request };
}
