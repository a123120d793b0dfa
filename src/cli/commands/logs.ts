import { followLogs, type LogLine, namesOf, readLogs } from "../../deploy/index.js";
import { command } from "../command.js";
import { escapeControls, truncated } from "../display-text.js";
import { sinceArg } from "../period.js";
import { connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const logs = command({
  args: {
    name: { positional: true, required: true, completes: "deployment", help: "name of the deployment" },
    since: sinceArg,
    filter: { help: "only lines that contain this string", value: "TEXT" },
    full: { flag: true, help: "show long lines whole; default: cut to the width of a terminal" },
    follow: { flag: true, help: "show new lines as they arrive, until Ctrl-C" },
    ...targetArgs,
  },
  examples: ["logs iris --since 10m", "logs iris --follow"],

  async run({ name, since, filter, full, follow, ...target }, context) {
    const { terminal, clock } = context;
    const aws = await connectTarget(target, context);
    const deployment = { aws, names: namesOf(name, aws.place) };
    const query = {
      sinceMs: clock.nowMs() - since,
      ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
    };
    const columns = full ? undefined : terminal.outColumns();
    if (follow) {
      // One JSON document for each line: a followed log has no end.
      for await (const line of followLogs(deployment, query, context.stop)) {
        terminal.line(terminal.json ? JSON.stringify(line) : textOf(line, columns));
      }
      return;
    }
    const lines = await readLogs(deployment, query);
    terminal.result(lines, lines.map((line) => textOf(line, columns)).join("\n"));
    if (lines.length === 0) terminal.note("No log lines in this period. Use --since to look further back.");
  },
});

/** `columns`: the width of the terminal; undefined: lines are shown whole. */
function textOf({ timestampMs, message }: LogLine, columns: number | undefined): string {
  const text = `${new Date(timestampMs).toISOString()}  ${message.trimEnd()}`;
  if (columns === undefined) return text;
  // The width is that of what is shown: tabs as blanks, control characters as escapes.
  const lines = escapeControls(text.replaceAll("\t", "  ")).split("\n");
  return lines.map((line) => truncated(line, columns)).join("\n");
}
