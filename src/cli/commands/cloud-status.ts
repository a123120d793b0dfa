import { command } from "../command.js";
import { findCloud } from "../local-cloud.js";
import { portArg } from "../target-args.js";

export const cloudStatus = command({
  args: { port: portArg },

  /** Exit status 1 if no cloud is running: `tepal cloud status || tepal cloud start`. */
  async run({ port }, { terminal }) {
    const cloud = await findCloud(port);
    if (!cloud) {
      terminal.result({ running: false, port }, `No Tepal cloud is running on port ${port}.`);
      return 1;
    }
    const { url, pid, version, services } = cloud;
    terminal.result(
      { running: true, ...cloud },
      `The cloud is running at ${url}: process ${pid}, version ${version}, services ${services.join(", ")}.`,
    );
    return 0;
  },
});
