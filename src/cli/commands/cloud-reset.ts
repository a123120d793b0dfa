import { command } from "../command.js";
import { requireCloud, resetCloud } from "../local-cloud.js";
import { requireConfirmation } from "../target.js";
import { portArg } from "../target-args.js";

export const cloudReset = command({
  args: {
    port: portArg,
    yes: { flag: true, help: "do not ask for confirmation" },
  },

  async run({ port, yes }, context) {
    const { terminal } = context;
    const cloud = await requireCloud(port, context);
    if (!yes) await requireConfirmation(`Delete all data of the cloud at ${cloud.url}`, context);
    await resetCloud(cloud);
    terminal.result({ reset: true }, `Deleted all data of the cloud at ${cloud.url}.`);
  },
});
