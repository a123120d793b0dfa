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
import { connectTarget, targetTakes } from "../target.js";

export const invoke = command({
  takes: {
    name: { positional: true, required: true, help: "the deployment's name" },
    request: { positional: true, help: "the request as JSON, or its rows alone; standard input when left out" },
    stage: { help: "stage of the API", default: specDefaults.stage },
    direct: { flag: true, help: "call the function itself, past the API, and show its log" },
    ...targetTakes,
  },
  examples: [`invoke iris '{"values": [[5.9, 3.0, 5.1, 2.3]]}'`],

  async run({ name, request, stage, direct, ...target }, context) {
    const { terminal, clock } = context;
    const body = requestOf(await requestText(request, context));
    const aws = await connectTarget(target, context);
    const [found] = (await listDeployments(aws, name)).filter((one) => one.stage === stage);
    if (!found) throw new DeployError("deployment-unknown", `There is no deployment ${name} with a stage ${stage}`);
    const answer = direct
      ? await invokeFunction({ aws, names: namesOf(name, aws.place) }, stage, body)
      : await invokeThroughApi(found.url, body, { fetch, elapsedMs: clock.elapsedMs });
    if (answer.log) terminal.note(answer.log.trimEnd());
    // A JSON object is an error, whatever its status: APIs that older versions deployed return Lambda's own errors with 200.
    if (answer.status !== 200 || answer.body.startsWith("{")) {
      throw new CliError("invoke-failed", `${name} answered ${answer.status}: ${answer.body}`);
    }
    terminal.note(durationText(answer.elapsedMs));
    terminal.resultText(answer.body);
  },
});

/** Rows alone are the request's values, as for `tepal predict`. Whether they are JSON is for the API to say. */
function requestOf(text: string): string {
  return text.trimStart().startsWith("[") ? `{"values":${text}}` : text;
}
