import { join } from "node:path";
import { systemClock } from "../../base/index.js";
import { defaultPort, startCloud } from "../../cloud/index.js";
import { command } from "../command.js";
import type { CommandContext } from "../command-context.js";
import { dataFolder, shownPath } from "../folders.js";
import { type FoundCloud, findCloud, startInBackground } from "../local-cloud.js";
import { wholeNumber } from "../parse.js";
import { stopped } from "../until-stopped.js";

export const cloudStart = command({
  takes: {
    port: { help: "port to listen on", parse: wholeNumber(1, 65535), default: defaultPort },
    data: { help: "folder for all that the cloud keeps; ~/.local/share/tepal when left out", value: "DIR" },
    account: { help: "account id of callers that name none, 12 digits", value: "ID" },
    region: { help: "region of callers that name none", value: "REGION" },
    foreground: { flag: true, help: "stay in this terminal until Ctrl-C" },
  },
  examples: ["cloud start", "cloud start --foreground --port 4567 --data ./cloud"],

  async run({ port, data, account, region, foreground }, context) {
    const dataDir = dataFolder(context, data);
    if (!foreground) {
      const found = await findCloud(port);
      announce(
        found ?? (await startInBackground(port, dataDir, context)),
        found ? "runs already" : "is started",
        context,
      );
      return;
    }
    const { terminal } = context;
    const cloud = await startCloud({
      port,
      dataDir,
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
      version: context.version,
      runtimePath: join(context.distDir, "function.cjs"),
      clock: systemClock,
      log: { info: (line) => terminal.note(line), warn: (line) => terminal.note(line) },
    });
    terminal.result({ url: cloud.url, pid: process.pid, dataDir }, `The cloud listens at ${cloud.url}`);
    terminal.note(`Its data is in ${shownPath(dataDir, context)}. Ctrl-C stops it.`);
    await stopped(context.stop);
    await cloud.close();
  },
});

function announce(cloud: FoundCloud, what: string, { terminal }: CommandContext): void {
  terminal.result(cloud, `The cloud ${what} at ${cloud.url} (process ${cloud.pid})`);
  const port = cloud.port === defaultPort ? "" : ` --port ${cloud.port}`;
  terminal.note(`AWS tools reach it with AWS_ENDPOINT_URL=${cloud.url}; "tepal cloud stop${port}" stops it.`);
}
