import { followLogs, type LogLine, namesOf, readLogs } from "../../deploy/index.js";
import { command } from "../command.js";
import { refuse } from "../parse.js";
import { connectTarget, targetTakes } from "../target.js";

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const logs = command({
  takes: {
    name: { positional: true, required: true, help: "the deployment's name" },
    since: {
      help: "how far back: 30s, 10m, 2h, 7d",
      parse: duration,
      default: 3_600_000,
      defaultWords: "1h",
      value: "TIME",
    },
    filter: { help: "only lines with this text", value: "TEXT" },
    follow: { flag: true, help: "go on showing lines as they come, until Ctrl-C" },
    ...targetTakes,
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
      // One JSON document a line: a log that is followed has no end.
      for await (const line of followLogs(deployment, query, context.stop)) {
        terminal.line(terminal.json ? JSON.stringify(line) : textOf(line));
      }
      return;
    }
    const lines = await readLogs(deployment, query);
    terminal.result(lines, lines.map(textOf).join("\n"));
    if (lines.length === 0) terminal.note("No lines in this time; --since looks further back.");
  },
});

function textOf({ timestampMs, message }: LogLine): string {
  return `${new Date(timestampMs).toISOString()}  ${message.trimEnd()}`;
}

/** "10m" in milliseconds. */
function duration(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (!count || !unit) throw refuse(`${text} is not a time such as 30s, 10m, 2h or 7d`);
  return Number(count) * (units[unit] ?? 0);
}
