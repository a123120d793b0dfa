import { defaultPort } from "../../cloud/index.js";
import { command } from "../command.js";
import { requireCloud, stopCloud } from "../local-cloud.js";
import { wholeNumber } from "../parse.js";

export const cloudStop = command({
  takes: { port: { help: "port of the cloud", parse: wholeNumber(1, 65535), default: defaultPort } },

  async run({ port }, context) {
    const cloud = await requireCloud(port);
    await stopCloud(cloud, context);
    context.terminal.result(
      { stopped: true, pid: cloud.pid },
      `The cloud at ${cloud.url} is stopped; its data is kept.`,
    );
  },
});
