import { followLogs, type LogLine, namesOf, readLogs } from "../../deploy/index.js";
import { command } from "../command.js";
import { sinceArg } from "../period.js";
import { connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const logs = command({
  args: {
    name: { positional: true, required: true, completes: "deployment", help: "name of the deployment" },
    since: sinceArg,
    filter: { help: "only lines that contain this string", value: "TEXT" },
    follow: { flag: true, help: "show new lines as they arrive, until Ctrl-C" },
    ...targetArgs,
  },
  examples: ["logs iris --since 10m", "logs iris --follow"],

  async run({ name, since, filter, follow, ...target }, context) {
    const { terminal, clock } = context;
    const aws = await connectTarget(target, context);
    const deployment = { aws, names: namesOf(name, aws.place) };
    const query = {
      sinceMs: clock.nowMs() - since,
      ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
    };
    if (follow) {
      // One JSON document for each line: a followed log has no end.
      for await (const line of followLogs(deployment, query, context.stop)) {
        terminal.line(terminal.json ? JSON.stringify(line) : textOf(line));
      }
      return;
    }
    const lines = await readLogs(deployment, query);
    terminal.result(lines, lines.map(textOf).join("\n"));
    if (lines.length === 0) terminal.note("No log lines in this period. Use --since to look further back.");
  },
});

function textOf({ timestampMs, message }: LogLine): string {
  return `${new Date(timestampMs).toISOString()}  ${message.trimEnd()}`;
}
