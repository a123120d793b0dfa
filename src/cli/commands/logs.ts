import { followLogs, type LogLine, namesOf, readLogs } from "../../deploy/index.js";
import { command } from "../command.js";
import { commandLineError } from "../parse.js";
import { connectTarget, targetArgs } from "../target.js";

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const logs = command({
  args: {
    name: { positional: true, required: true, help: "name of the deployment" },
    since: {
      help: "how far back: 30s, 10m, 2h, 7d",
      parse: duration,
      default: 3_600_000,
      defaultText: "1h",
      value: "TIME",
    },
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

/** "10m" in milliseconds. */
function duration(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (!count || !unit) throw commandLineError(`${text} is not a duration such as 30s, 10m, 2h or 7d`);
  return Number(count) * (units[unit] ?? 0);
}
