import { findDeployment, invokeFunction, invokeThroughApi, namesOf, specDefaults } from "../../deploy/index.js";
import { command } from "../command.js";
import { CliError } from "../errors.js";
import { requestForms, requestText } from "../files.js";
import { commandLineError } from "../parse.js";
import { durationText } from "../show.js";
import { connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const invoke = command({
  args: {
    name: { positional: true, required: true, completes: "deployment", help: "name of the deployment" },
    request: {
      positional: true,
      completes: "request",
      help: `the request, or only its rows for a model: ${requestForms}; default: standard input`,
    },
    method: { help: "method of a model to call: predict, predict_proba, ..." },
    stage: { help: "stage of the API", default: specDefaults.stage },
    direct: { flag: true, help: "invoke the function directly, without the API, and show its log" },
    ...targetArgs,
  },
  examples: [
    `invoke iris '{"values": [[5.9, 3.0, 5.1, 2.3]]}'`,
    "invoke iris '[[5.9, 3.0, 5.1, 2.3]]' --method predict_proba",
    "invoke iris @request.json",
  ],

  async run({ name, request, method, stage, direct, ...target }, context) {
    const { terminal, clock } = context;
    const text = await requestText(request, context);
    const aws = await connectTarget(target, context);
    const found = await findDeployment(aws, name, stage);
    const isModel = found.kind === "model";
    if (!isModel && method !== undefined) {
      throw commandLineError(
        "--method is an option for models",
        `${name} serves code: write what it expects into the request.`,
      );
    }
    const body = isModel ? requestOf(text, method) : text;
    const response = direct
      ? await invokeFunction({ aws, names: namesOf(name, aws.place) }, stage, body)
      : await invokeThroughApi(found.url, body, { fetch, elapsedMs: clock.elapsedMs });
    if (response.log) terminal.note(response.log.trimEnd());
    if (response.status !== 200 || (isModel && isLambdaError.test(response.body))) {
      throw new CliError("invoke-failed", `${name} returned ${response.status}: ${response.body}`);
    }
    terminal.note(durationText(response.elapsedMs));
    terminal.resultText(response.body);
  },
});

/** Lambda's own errors, which APIs that older versions deployed return with 200. A model's objects begin otherwise. */
const isLambdaError = /^\{"(?:message|errorMessage|errorType|Type|Reason)"/;

/**
 * Rows alone become the request's values, as in `tepal predict`. The API checks the JSON, which is not parsed and
 * written again: numbers keep their digits.
 */
function requestOf(text: string, method: string | undefined): string {
  const trimmed = text.trim();
  const isObject = trimmed.startsWith("{");
  if (isObject && method === undefined) return text;
  const chosen = method === undefined ? "" : `"method":${JSON.stringify(method)}`;
  if (trimmed.startsWith("[")) return `{"values":${text}${chosen && `,${chosen}`}}`;
  if (!isObject) return text;
  const rest = trimmed.slice(1).trimStart();
  // Of two members with one name, parsers use the last: the option must not lose silently.
  if (hasMethod(trimmed)) throw commandLineError("The request has a method already: omit --method, or remove it there");
  return rest.startsWith("}") ? `{${chosen}}` : `{${chosen},${rest}`;
}

function hasMethod(text: string): boolean {
  try {
    const request: unknown = JSON.parse(text);
    return typeof request === "object" && request !== null && "method" in request;
  } catch {
    return false;
  }
}
