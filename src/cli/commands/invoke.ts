import {
  DeployError,
  invokeFunction,
  invokeThroughApi,
  listDeployments,
  namesOf,
  specDefaults,
} from "../../deploy/index.js";
import { command } from "../command.js";
import { CliError } from "../errors.js";
import { requestText } from "../files.js";
import { durationText } from "../show.js";
import { connectTarget, targetArgs } from "../target.js";

export const invoke = command({
  args: {
    name: { positional: true, required: true, help: "name of the deployment" },
    request: {
      positional: true,
      help: "the request as JSON, or only the rows for a model; default: standard input",
    },
    stage: { help: "stage of the API", default: specDefaults.stage },
    direct: { flag: true, help: "invoke the function directly, without the API, and show its log" },
    ...targetArgs,
  },
  examples: [`invoke iris '{"values": [[5.9, 3.0, 5.1, 2.3]]}'`],

  async run({ name, request, stage, direct, ...target }, context) {
    const { terminal, clock } = context;
    const text = await requestText(request, context);
    const aws = await connectTarget(target, context);
    const [found] = (await listDeployments(aws, name)).filter((one) => one.stage === stage);
    if (!found) throw new DeployError("deployment-unknown", `Deployment ${name} with stage ${stage} not found`);
    const isModel = found.kind === "model";
    const body = isModel ? requestOf(text) : text;
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

/** Rows alone become the request's values, as in `tepal predict`. The API checks the JSON. */
function requestOf(text: string): string {
  return text.trimStart().startsWith("[") ? `{"values":${text}}` : text;
}
