import { defaultPort } from "../../cloud/index.js";
import { command } from "../command.js";
import { requireCloud, resetCloud } from "../local-cloud.js";
import { integer } from "../parse.js";
import { requireConfirmation } from "../target.js";

export const cloudReset = command({
  args: {
    port: { help: "port of the cloud", parse: integer(1, 65535), default: defaultPort },
    yes: { flag: true, help: "do not ask for confirmation" },
  },

  async run({ port, yes }, context) {
    const { terminal } = context;
    const cloud = await requireCloud(port);
    if (!yes) await requireConfirmation(`Delete all data of the cloud at ${cloud.url}`, context);
    await resetCloud(cloud);
    terminal.result({ reset: true }, `Deleted all data of the cloud at ${cloud.url}.`);
  },
});
