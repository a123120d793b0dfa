import { join } from "node:path";
import { systemClock } from "../../base/index.js";
import { startCloud } from "../../cloud/index.js";
import { command } from "../command.js";
import { type CommandContext, untilStopped } from "../command-context.js";
import { dataDirectory, shownPath } from "../directories.js";
import { CliError } from "../errors.js";
import { type FoundCloud, findCloud, startInBackground } from "../local-cloud.js";
import { portArg, portOption } from "../target-args.js";

export const cloudStart = command({
  args: {
    port: portArg,
    data: { completes: "directory", help: "data directory of the cloud; default ~/.local/share/tepal", value: "DIR" },
    account: { help: "default account ID, 12 digits", value: "ID" },
    region: { help: "default region", value: "REGION" },
    foreground: { flag: true, help: "run in this terminal until Ctrl-C" },
  },
  examples: ["cloud start", "cloud start --foreground --port 4567 --data ./cloud"],

  async run({ port, data, account, region, foreground }, context) {
    const dataDir = dataDirectory(context, data);
    if (!foreground) {
      const running = await findCloud(port);
      if (running)
        requireSameOptions(running, { account, region, dataDir: data === undefined ? undefined : dataDir }, context);
      announce(
        running ?? (await startInBackground({ port, dataDir, account, region }, context)),
        running ? "is already running" : "is running",
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
    terminal.result({ url: cloud.url, pid: process.pid, dataDir }, `The cloud is running at ${cloud.url}`);
    terminal.note(`Data directory: ${shownPath(dataDir, context)}. Press Ctrl-C to stop.`);
    await untilStopped(context);
    await cloud.close();
  },
});

/**
 * The options of a running cloud cannot be changed.
 * @throws CliError "cloud-not-started" if a requested option has another value
 */
function requireSameOptions(
  running: FoundCloud,
  requested: { readonly [Option in "account" | "region" | "dataDir"]: string | undefined },
  context: CommandContext,
): void {
  for (const option of ["account", "region", "dataDir"] as const) {
    if (requested[option] === undefined || requested[option] === running[option]) continue;
    throw new CliError(
      "cloud-not-started",
      `A cloud with another ${option === "dataDir" ? "data directory" : option}, ${running[option]}, is already running on port ${running.port}`,
      {
        hint: `Stop it with "tepal cloud stop${portOption(running.port, context)}", or choose another port with --port.`,
      },
    );
  }
}

function announce(cloud: FoundCloud, what: string, context: CommandContext): void {
  const { terminal } = context;
  terminal.result(cloud, `The cloud ${what} at ${cloud.url} (process ${cloud.pid})`);
  terminal.note(
    `To use it with AWS tools, set AWS_ENDPOINT_URL=${cloud.url}. Stop it with "tepal cloud stop${portOption(cloud.port, context)}".`,
  );
}
