import { defaultPort } from "../../cloud/index.js";
import { command } from "../command.js";
import { requireCloud, stopCloud } from "../local-cloud.js";
import { integer } from "../parse.js";

export const cloudStop = command({
  args: { port: { help: "port of the cloud", parse: integer(1, 65535), default: defaultPort } },

  async run({ port }, context) {
    const cloud = await requireCloud(port);
    await stopCloud(cloud, context);
    context.terminal.result({ stopped: true, pid: cloud.pid }, `Stopped the cloud at ${cloud.url}; its data is kept.`);
  },
});
