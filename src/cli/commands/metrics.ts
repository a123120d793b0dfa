import { namesOf, readMetrics, type VersionMetrics } from "../../deploy/index.js";
import { command } from "../command.js";
import { sinceArg } from "../period.js";
import { withProgress } from "../progress.js";
import { countText, durationText } from "../show.js";
import { tableText } from "../table.js";
import { connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const metrics = command({
  args: {
    name: { positional: true, required: true, completes: "deployment", help: "name of the deployment" },
    since: sinceArg,
    ...targetArgs,
  },
  examples: ["metrics iris", "metrics iris --since 7d --json"],

  async run({ name, since, ...target }, context) {
    const { terminal, clock } = context;
    const aws = await connectTarget(target, context);
    const sinceMs = clock.nowMs() - since;
    const versions = await withProgress(context, { label: "metrics", unit: "log lines" }, (progress) =>
      readMetrics({ aws, names: namesOf(name, aws.place) }, { sinceMs }, (lines) => progress.advance(lines)),
    );
    terminal.result(
      { name, since: new Date(sinceMs).toISOString(), versions },
      versions.length === 0 ? "No requests." : textOf(versions, terminal.outColumns()),
    );
    if (versions.length === 0) terminal.note("No requests in this period. Use --since to look further back.");
  },
});

function textOf(versions: readonly VersionMetrics[], columns: number | undefined): string {
  return tableText(
    ["VERSION", "REQUESTS", "ERRORS", "REJECTED", "P50", "P95", "P99", "COLD STARTS", "BILLED", "MEMORY"],
    versions.map((version) => [
      version.version,
      countText(version.requests),
      countText(version.errors),
      countText(version.rejected),
      durationText(version.p50Ms),
      durationText(version.p95Ms),
      durationText(version.p99Ms),
      countText(version.coldStarts),
      `${countText(version.billedMs)} ms`,
      `${version.memoryUsedMb} MB`,
    ]),
    { columns },
  );
}
