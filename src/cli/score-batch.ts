// The job that scores tables in S3 on AWS: it is printed, for the user to create and start.

import {
  type BatchFormat,
  batchCost,
  batchDefinition,
  batchRole,
  DeployError,
  listDeployments,
  namesOf,
  type S3Location,
} from "../deploy/index.js";
import { deployedSignature, fileFormat } from "../score/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";
import { commandLineError } from "./parse.js";
import { modelInfo } from "./score-model.js";
import { connectTarget } from "./target.js";

interface BatchChoice {
  readonly name: string | undefined;
  readonly input: string;
  readonly output: string;
  readonly format: "csv" | "jsonl" | "parquet" | undefined;
  readonly columns: string | undefined;
  readonly method: string;
  readonly stage: string;
  readonly requests: number;
  readonly target: "local" | "aws";
  readonly region: string | undefined;
  readonly port: number;
}

/** Whether an argument is an address in S3. */
export function isS3(path: string): boolean {
  return path.startsWith("s3://");
}

/** Prints the state machine, its role and what it costs. @throws CliError "score-s3", DeployError */
export async function printBatch({ name, input, output, ...choice }: BatchChoice, context: CommandContext) {
  const { terminal } = context;
  if (name === undefined) throw commandLineError("Tables in S3 are scored by a deployment: pass its name");
  if (!isS3(output)) throw commandLineError("--output must be in S3 as the input: s3://BUCKET/PREFIX/");
  if (choice.target === "local") {
    throw new CliError("score-s3", "The local cloud has neither S3 nor Step Functions: tables in S3 need --target aws");
  }
  const job = { input: locationOf(input), output: locationOf(output), format: formatOf(input, choice.format) };
  const aws = await connectTarget(choice, context);
  const { stage, method, requests, columns } = choice;
  const [found] = (await listDeployments(aws, name)).filter((one) => one.stage === stage);
  if (!found) throw new DeployError("deployment-unknown", `Deployment ${name} with stage ${stage} not found`);
  const machine = `tepal-score-${name}`;
  const functionArn = `${namesOf(name, aws.place).functionArn}:${stage}`;
  const definition = batchDefinition({
    ...job,
    functionArn,
    columns: await columnsOf(`${found.url.slice(0, -found.route.length)}/model`, columns),
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
  const { partition, region, account } = aws.place;
  const machineArn = `arn:${partition}:states:${region}:${account}:stateMachine:${machine}`;
  terminal.note(`Nothing was created. With this document as batch.json, create and start the job:
  aws iam create-role --role-name ${machine} --assume-role-policy-document "$(jq .role.trust batch.json)"
  aws iam put-role-policy --role-name ${machine} --policy-name batch --policy-document "$(jq .role.policy batch.json)"
  aws stepfunctions create-state-machine --name ${machine} --role-arn arn:${partition}:iam::${account}:role/${machine} \\
    --definition "$(jq .definition batch.json)"
  aws stepfunctions start-execution --state-machine-arn ${machineArn}
If batches fail, aws stepfunctions redrive-execution continues with them.`);
  terminal.result(document, JSON.stringify(document, null, 2));
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
