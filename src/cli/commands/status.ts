import { type Aws, readIncomplete, readStatus, type StageStatus } from "../../deploy/index.js";
import { command } from "../command.js";
import type { CommandContext } from "../command-context.js";
import { shownPath } from "../directories.js";
import { findCloud } from "../local-cloud.js";
import { pairsText, tableText } from "../table.js";
import { connectTarget } from "../target.js";
import { targetArgs } from "../target-args.js";

export const status = command({
  args: {
    name: {
      positional: true,
      completes: "deployment",
      help: "name of the deployment; default: all, and the state of the local cloud",
    },
    ...targetArgs,
  },
  examples: ["status", "status iris", "status iris --json"],

  /** Exit status 1 if a stage cannot serve requests: `tepal status iris || ...`. */
  async run({ name, ...target }, context) {
    const { terminal } = context;
    const aws = await connectTarget(target, context);
    const stages = await readStatus(aws, name);
    if (name !== undefined && stages.length === 0) return incomplete(aws, name, context);
    const cloud = target.target === "local" ? await cloudOf(target.port, context) : undefined;
    const columns = terminal.outColumns();
    const text = name === undefined ? tableOf(stages, columns) : stages.map(detailsOf).join("\n\n");
    const place = { account: aws.place.account, region: aws.place.region };
    terminal.result(
      { place, ...(cloud && { cloud: cloud.document }), stages },
      name === undefined && cloud ? `${cloud.text}\n\n${text}` : text,
    );
    return stages.every(isHealthy) ? 0 : 1;
  },
});

const isHealthy = ({ problems, functionState }: StageStatus) => problems.length === 0 && functionState !== "Failed";

async function cloudOf(port: number, context: CommandContext) {
  const cloud = await findCloud(port);
  if (!cloud) return undefined;
  const { url, pid, version, account, region, dataDir } = cloud;
  return {
    document: { url, pid, version, account, region, dataDir },
    text: pairsText([
      ["cloud", `running at ${url}, process ${pid}, version ${version}`],
      ["data", shownPath(dataDir, context)],
    ]),
  };
}

/** A deployment that was interrupted before its stage. */
async function incomplete(aws: Aws, name: string, { terminal }: CommandContext): Promise<number> {
  const found = await readIncomplete(aws, name);
  const resources = found.resources.map(({ kind, name: resource }) => `${kind} ${resource}`).join(", ");
  terminal.result({ ...found, stages: [] }, `${name} has no stage: its deployment was interrupted after ${resources}.`);
  terminal.note(`Run "tepal deploy" again: it continues. "tepal destroy ${name}" deletes what exists.`);
  return 1;
}

function healthText(stage: StageStatus): string {
  return isHealthy(stage) ? (stage.functionState === "Pending" ? "starting" : "ok") : "failed";
}

function tableOf(stages: readonly StageStatus[], columns: number | undefined): string {
  if (stages.length === 0) return "No deployments.";
  return tableText(
    ["NAME", "STAGE", "HEALTH", "VERSION", "IMAGE", "UPDATED", "MODEL"],
    stages.map((stage) => [
      stage.name,
      stage.stage,
      healthText(stage),
      stage.version,
      shortDigest(stage.imageDigest),
      stage.updated,
      stage.model,
    ]),
    { columns },
  );
}

function detailsOf(stage: StageStatus): string {
  return pairsText([
    ["name", `${stage.name}, stage ${stage.stage}`],
    ["health", [healthText(stage), ...stage.problems].join(": ")],
    ["url", stage.url],
    ["model", stage.model],
    [
      "function",
      `version ${stage.version}, ${stage.functionState || "missing"}, ${stage.memoryMb} MB, ${stage.timeoutSeconds} s`,
    ],
    ["image", stage.imageDigest],
    ["updated", stage.updated],
  ]);
}

function shortDigest(digest: string): string {
  return digest.slice(0, "sha256:".length + 12);
}
