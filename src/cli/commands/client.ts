import { type ClientLanguage, clientSource } from "../../contract/index.js";
import { nameFromFile, specDefaults } from "../../deploy/index.js";
import { command } from "../command.js";
import { deploymentName, readDeployedModel } from "../deployed-model.js";
import { writeOutput } from "../files.js";
import { readModelSource } from "../model-source.js";
import { oneOf } from "../parse.js";
import { modelArgs, requestedModel } from "../spec-file.js";
import { targetArgs } from "../target-args.js";

const clientArgs = {
  ...modelArgs,
  model: { ...modelArgs.model, help: "model files, or the name of a deployment, whose URL the client then contains" },
  language: { required: true, help: "typescript or python", parse: oneOf<ClientLanguage>("typescript", "python") },
  output: { help: "the file to write; default: standard output", value: "FILE" },
  stage: { help: "stage of the API", default: specDefaults.stage },
  ...targetArgs,
} as const;

export const client = command({
  args: clientArgs,
  examples: [
    "client iris --language python --output iris_client.py",
    "client model.pkl --language typescript --output client.ts",
  ],

  async run({ model, config, language, output, stage, ...target }, context) {
    const name = deploymentName(model, context);
    const subject =
      name === undefined
        ? await modelSubject(await readModelSource(await requestedModel({ model, config }, context), context))
        : await readDeployedModel(name, stage, target, context);
    const source = clientSource(language, subject);
    if (output === undefined) {
      context.terminal.resultText(source);
      return;
    }
    await writeOutput(output, Buffer.from(source), context);
    context.terminal.result({ output, language }, output);
  },
});

function modelSubject({ name, model }: Awaited<ReturnType<typeof readModelSource>>) {
  return { title: nameFromFile(name), signature: model.signature };
}
