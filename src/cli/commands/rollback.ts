import { namesOf, rollback as rollBack, specDefaults } from "../../deploy/index.js";
import { command } from "../command.js";
import { integer } from "../parse.js";
import { confirmOnAws, connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const rollback = command({
  args: {
    name: { positional: true, required: true, completes: "deployment", help: "name of the deployment" },
    to: {
      help: "version to return to; default: the version that the stage served before",
      parse: integer(1, 1e9),
      value: "VERSION",
    },
    stage: { help: "stage to roll back", default: specDefaults.stage },
    ...targetArgs,
    yes: { flag: true, help: "do not ask for confirmation before changing an AWS account" },
  },
  examples: ["rollback iris", "rollback iris --to 3"],

  async run({ name, to: toVersion, stage, yes, ...target }, context) {
    const aws = await connectTarget(target, context);
    await confirmOnAws(aws, `Roll back stage ${stage} of ${name}`, yes, context);
    const names = namesOf(name, aws.place);
    const done = await rollBack({ aws, names }, stage, toVersion === undefined ? undefined : String(toVersion));
    context.terminal.result(
      { name, stage, ...done },
      `Stage ${stage} of ${name} now serves version ${done.to} (${done.model}), instead of version ${done.from}.${
        done.api === "kept"
          ? ` The API was not changed: version ${done.to} has no API with the current protection.`
          : ""
      }`,
    );
  },
});
