// The job that scores tables in S3 on AWS.

import {
  type BatchFormat,
  baseUrlOf,
  batchCost,
  batchDefinition,
  batchRole,
  findDeployment,
  namesOf,
  runBatch,
  type S3Location,
} from "../deploy/index.js";
import { deployedSignature, fileFormat } from "../score/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";
import { commandLineError } from "./parse.js";
import { withProgress } from "./progress.js";
import { modelInfo } from "./score-model.js";
import { confirmOnAws, connectTarget } from "./target.js";

interface BatchChoice {
  readonly name: string | undefined;
  readonly input: string;
  readonly output: string;
  readonly format: "csv" | "jsonl" | "parquet" | undefined;
  readonly columns: string | undefined;
  readonly method: string;
  readonly stage: string;
  readonly requests: number;
  /** Prints the job instead of starting it. */
  readonly plan: boolean;
  readonly yes: boolean;
  readonly target: "local" | "aws";
  readonly region: string | undefined;
  readonly port: number;
}

/** Whether an argument is an address in S3. */
export function isS3(path: string): boolean {
  return path.startsWith("s3://");
}

/**
 * Shows what the job costs, starts it after a confirmation and waits for its end; with --plan, prints it.
 * @throws CliError "score-s3", "not-confirmed"; DeployError "batch-failed", "aws-..."
 */
export async function scoreInS3({ name, input, output, ...choice }: BatchChoice, context: CommandContext) {
  const { terminal } = context;
  if (name === undefined) throw commandLineError("Tables in S3 are scored by a deployment: pass its name");
  if (!isS3(output)) throw commandLineError("--output must be in S3 as the input: s3://BUCKET/PREFIX/");
  if (choice.target === "local") {
    throw new CliError("score-s3", "The local cloud has neither S3 nor Step Functions: tables in S3 need --target aws");
  }
  const job = { input: locationOf(input), output: locationOf(output), format: formatOf(input, choice.format) };
  const aws = await connectTarget(choice, context);
  const { stage, method, requests, columns } = choice;
  const found = await findDeployment(aws, name, stage);
  const machine = `tepal-score-${name}`;
  const functionArn = `${namesOf(name, aws.place).functionArn}:${stage}`;
  const definition = batchDefinition({
    ...job,
    functionArn,
    columns: await columnsOf(`${baseUrlOf(found)}/model`, columns),
    method,
    concurrency: requests,
  });
  const role = batchRole({ ...job, functionArn }, machine, aws.place);
  const cost = batchCost(found.memoryMb);
  const document = { name: machine, definition, role, cost };
  const { invocations, requestsUsd, hourUsd } = cost;
  terminal.note(
    `A million rows are at least ${invocations} invocations: $${requestsUsd.toFixed(4)}, and $${hourUsd.toFixed(4)} for ` +
      "each hour that an invocation runs (list prices in us-east-1).",
  );
  if (choice.plan) {
    terminal.result(document, JSON.stringify(document, null, 2));
    return;
  }
  await confirmOnAws(aws, `Create the state machine ${machine} and its role, and start it`, choice.yes, context);
  const { began, status, progress, executionArn } = await withProgress(
    context,
    { label: "score", unit: "rows" },
    (shown) => {
      const onProgress = ({ succeeded, failed, total }: Readonly<Record<"succeeded" | "failed" | "total", number>>) => {
        if (total === 0) return;
        shown.update({ done: succeeded + failed, total, ...(failed > 0 && { detail: `${failed} failed` }) });
      };
      const job = { deployment: name, name: machine, definition, role };
      return runBatch(aws, job, { stop: context.stop, onProgress });
    },
  );
  const beginnings = { started: "Started", continued: "Continued after a failure", running: "Was running already" };
  terminal.note(`${beginnings[began]}: ${executionArn}`);
  if (status === "stopped") terminal.note("The job is still running. Run the same command to watch it.");
  terminal.result({ executionArn, status, ...progress, output }, status === "stopped" ? "" : output);
}

function locationOf(address: string): S3Location {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(address) ?? [];
  if (bucket === undefined) throw commandLineError(`${address} has no bucket: s3://BUCKET/KEY`);
  return { bucket, key };
}

function formatOf(input: string, format: BatchChoice["format"]): BatchFormat {
  const found = fileFormat(input, { format, delimiter: undefined });
  if (found.format !== "parquet" && !found.gzip) return found.format;
  throw new CliError("score-s3", "Tables in S3 must be CSV with commas, or JSON Lines, and not compressed");
}

async function columnsOf(url: string, chosen: string | undefined) {
  const { features } = deployedSignature(await modelInfo(url));
  const names = chosen?.split(",") ?? features.map((feature) => feature.name);
  if (names.length === 0)
    throw new CliError("score-not-a-model", "The deployment does not say which columns its model has");
  return names.map((column, index) => ({ name: column, isNumber: (features[index]?.kind ?? "number") === "number" }));
}
