import { listDeployments } from "../../deploy/index.js";
import { command } from "../command.js";
import { tableText } from "../table.js";
import { connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const list = command({
  args: { ...targetArgs },

  async run(target, context) {
    const aws = await connectTarget(target, context);
    const listed = await listDeployments(aws);
    context.terminal.result(
      listed,
      listed.length === 0
        ? "No deployments."
        : tableText(
            ["NAME", "STAGE", "VERSION", "MODEL", "URL"],
            listed.map(({ name, stage, version, model, url }) => [name, stage, version, model, url]),
            { columns: context.terminal.outColumns() },
          ),
    );
  },
});
