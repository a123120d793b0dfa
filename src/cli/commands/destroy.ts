import { destroy as destroyAll, findRemovable, namesOf } from "../../deploy/index.js";
import { command } from "../command.js";
import { confirm, connectTarget, targetTakes } from "../target.js";

export const destroy = command({
  takes: {
    name: { positional: true, required: true, help: "the deployment's name" },
    ...targetTakes,
    yes: { flag: true, help: "do not ask before changing an AWS account" },
  },
  examples: ["destroy iris"],

  async run({ name, yes, ...target }, context) {
    const { terminal } = context;
    const aws = await connectTarget(target, context);
    const found = await findRemovable({ aws, names: namesOf(name, aws.place) });
    for (const { kind, name: what } of found) terminal.note(`  remove ${kind} ${what}`);
    await confirm(aws, `Remove these ${found.length} resources`, yes, context);
    await destroyAll(found, () => {});
    terminal.result(
      { name, removed: found.map(({ kind, name: what }) => ({ kind, name: what })) },
      `${name} is removed: images, versions and log with it.`,
    );
  },
});
