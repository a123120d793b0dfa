import { defaultPort } from "../../cloud/index.js";
import { command } from "../command.js";
import { findCloud } from "../local-cloud.js";
import { wholeNumber } from "../parse.js";

export const cloudStatus = command({
  takes: { port: { help: "port of the cloud", parse: wholeNumber(1, 65535), default: defaultPort } },

  /** Status 1 when none runs: `tepal cloud status || tepal cloud start`. */
  async run({ port }, { terminal }) {
    const cloud = await findCloud(port);
    if (!cloud) {
      terminal.result({ running: false, port }, `No Tepal cloud runs on port ${port}.`);
      return 1;
    }
    const { url, pid, version, services } = cloud;
    terminal.result(
      { running: true, ...cloud },
      `The cloud runs at ${url}: process ${pid}, version ${version}, services ${services.join(", ")}.`,
    );
    return 0;
  },
});
