import { destroy as destroyAll, findRemovable, namesOf } from "../../deploy/index.js";
import { command } from "../command.js";
import { confirmOnAws, connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const destroy = command({
  args: {
    name: { positional: true, required: true, completes: "deployment", help: "name of the deployment" },
    ...targetArgs,
    yes: { flag: true, help: "do not ask for confirmation before changing an AWS account" },
  },
  examples: ["destroy iris"],

  async run({ name, yes, ...target }, context) {
    const { terminal } = context;
    const aws = await connectTarget(target, context);
    const found = await findRemovable({ aws, names: namesOf(name, aws.place) });
    for (const { kind, name: what } of found) terminal.note(`  delete ${kind} ${what}`);
    await confirmOnAws(aws, `Delete these ${found.length} resources`, yes, context);
    await destroyAll(found, () => {});
    terminal.result(
      { name, removed: found.map(({ kind, name: what }) => ({ kind, name: what })) },
      `Deleted ${name} with its images, versions and logs.`,
    );
  },
});
