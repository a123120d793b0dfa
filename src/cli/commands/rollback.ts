import { namesOf, rollback as rollBack, specDefaults } from "../../deploy/index.js";
import { command } from "../command.js";
import { integer } from "../parse.js";
import { confirmOnAws, connectTarget, targetArgs } from "../target.js";

export const rollback = command({
  args: {
    name: { positional: true, required: true, help: "the deployment's name" },
    to: {
      help: "version to go back to; the one that the stage served before when left out",
      parse: integer(1, 1e9),
      value: "VERSION",
    },
    stage: { help: "stage to roll back", default: specDefaults.stage },
    ...targetArgs,
    yes: { flag: true, help: "do not ask before changing an AWS account" },
  },
  examples: ["rollback iris", "rollback iris --to 3"],

  async run({ name, to: toVersion, stage, yes, ...target }, context) {
    const aws = await connectTarget(target, context);
    await confirmOnAws(aws, `Roll ${name}, stage ${stage}, back`, yes, context);
    const names = namesOf(name, aws.place);
    const done = await rollBack({ aws, names }, stage, toVersion === undefined ? undefined : String(toVersion));
    context.terminal.result(
      { name, stage, ...done },
      `${name}, stage ${stage}, answers with version ${done.to} (${done.model}); before with version ${done.from}.${
        done.api === "kept"
          ? " The API stays as it was: the version's own API was not deployed with its protection."
          : ""
      }`,
    );
  },
});
