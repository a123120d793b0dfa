import { openApiDocument } from "../../contract/index.js";
import { deployedOpenApi, nameFromFile, specDefaults } from "../../deploy/index.js";
import { command } from "../command.js";
import type { CommandContext } from "../command-context.js";
import { deploymentName } from "../deployed-model.js";
import { writeOutput } from "../files.js";
import { findModel, readSource, subjectOf } from "../source.js";
import { modelArgs, requestedModel } from "../spec-file.js";
import { connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const openapi = command({
  args: {
    ...modelArgs,
    model: { ...modelArgs.model, help: `${modelArgs.model.help}; or the name of a deployment` },
    stage: { help: "stage of a deployment", default: specDefaults.stage },
    route: { help: "path of the API of a model that is not deployed", default: specDefaults.route, value: "PATH" },
    output: { help: "file to write; default: standard output", value: "FILE" },
    ...targetArgs,
  },
  examples: ["openapi iris_model.sav", "openapi iris --output openapi.json"],

  async run({ output, stage, route, model, config, ...target }, context) {
    const deployment = deploymentName(model, context);
    const document =
      deployment === undefined
        ? await documentOf({ model, config }, route, context)
        : await deployedOpenApi(await connectTarget(target, context), deployment, stage);
    if (output === undefined) return context.terminal.resultText(document);
    await writeOutput(output, Buffer.from(`${document}\n`), context);
    context.terminal.result({ file: output }, output);
  },
});

async function documentOf(
  choice: Parameters<typeof requestedModel>[0],
  route: string,
  context: CommandContext,
): Promise<string> {
  const requested = await requestedModel(choice, context);
  const source = await readSource(requested, {}, context);
  const { schema, example } = requested;
  const subject = subjectOf(source, await findModel(source, context), { example, ...(schema && { schema }) });
  return JSON.stringify(openApiDocument({ title: nameFromFile(source.name), route }, subject), null, 2);
}
