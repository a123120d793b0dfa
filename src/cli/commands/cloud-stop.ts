import { command } from "../command.js";
import { requireCloud, stopCloud } from "../local-cloud.js";
import { portArg } from "../target-args.js";

export const cloudStop = command({
  args: { port: portArg },

  async run({ port }, context) {
    const cloud = await requireCloud(port, context, "There is nothing to stop.");
    await stopCloud(cloud, context);
    context.terminal.result({ stopped: true, pid: cloud.pid }, `Stopped the cloud at ${cloud.url}; its data is kept.`);
  },
});
