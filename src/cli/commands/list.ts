import { listDeployments } from "../../deploy/index.js";
import { command } from "../command.js";
import { tableText } from "../show.js";
import { connectTarget, targetTakes } from "../target.js";

export const list = command({
  takes: { ...targetTakes },

  async run(given, world) {
    const aws = await connectTarget(given, world);
    const listed = await listDeployments(aws);
    world.terminal.result(
      listed,
      listed.length === 0
        ? "Nothing is deployed."
        : tableText(
            ["NAME", "STAGE", "VERSION", "MODEL", "URL"],
            listed.map(({ name, stage, version, model, url }) => [name, stage, version, model, url]),
          ),
    );
  },
});
