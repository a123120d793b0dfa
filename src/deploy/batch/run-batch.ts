// Creates the state machine of a job and its role, starts it, and waits for its end. Everything can be repeated: a job
// that is running is watched, and one that failed continues with the batches that failed.

import { createHash } from "node:crypto";
import {
  CreateRoleCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListExecutionsCommand,
  paginateListMapRuns,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import type { Aws } from "../aws.js";
import { awsErrorName, isAlreadyExists, withAwsErrors } from "../aws-errors.js";
import { DeployError } from "../errors.js";
import { belongsTo, deploymentTag, tagRecord } from "../names.js";
import { retryTransient } from "../retry.js";
import type { BatchRole } from "./batch-role.js";

interface Batch {
  /** The deployment. */
  readonly deployment: string;
  /** Name of the state machine and of its role. */
  readonly name: string;
  readonly definition: object;
  readonly role: BatchRole;
}

interface BatchProgress {
  /** Rows that are done, and all rows that have been read. */
  readonly succeeded: number;
  readonly failed: number;
  readonly total: number;
}

interface BatchWatch {
  readonly stop: AbortSignal;
  readonly onProgress: (progress: BatchProgress) => void;
}

interface BatchResult {
  readonly executionArn: string;
  /** How this command found the job. */
  readonly began: "started" | "continued" | "running";
  /** Stopped: this command was interrupted; the job is still running. */
  readonly status: "succeeded" | "stopped";
  readonly progress: BatchProgress;
}

const pollEveryMs = 3_000;

/** @throws DeployError "batch-failed", "aws-..." */
export async function runBatch(aws: Aws, batch: Batch, { stop, onProgress }: BatchWatch): Promise<BatchResult> {
  const { place, endpoint } = aws;
  const { credentials } = aws.lambda.config;
  const sfn = new SFNClient({ region: place.region, credentials, ...(endpoint !== undefined && { endpoint }) });
  try {
    return await withAwsErrors(`Scoring with ${batch.deployment}`, async () => {
      const roleArn = await putRole(aws, batch);
      const machineArn = await putMachine(aws, sfn, batch, roleArn);
      const { executionArn, began } = await beginExecution(sfn, machineArn, batch);
      for (;;) {
        const { status, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
        const progress = await progressOf(sfn, executionArn);
        onProgress(progress);
        if (status === "SUCCEEDED") return { executionArn, began, status: "succeeded", progress };
        if (status !== "RUNNING" && status !== "PENDING_REDRIVE") {
          const reason = [error, cause].filter(Boolean).join(": ") || status;
          throw new DeployError("batch-failed", `The job ${batch.name} ended: ${reason}`);
        }
        if (stop.aborted) return { executionArn, began, status: "stopped", progress };
        await aws.sleep(pollEveryMs);
      }
    });
  } finally {
    sfn.destroy();
  }
}

/** The role has exactly the permissions of this job. */
async function putRole({ iam, place }: Aws, { name, role, deployment }: Batch): Promise<string> {
  const trust = JSON.stringify(role.trust);
  try {
    await iam.send(
      new CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: trust,
        Description: `Scores tables with the Tepal deployment ${deployment}`,
        Tags: [{ Key: deploymentTag, Value: deployment }],
      }),
    );
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
    if (!belongsTo(tagRecord(Role?.Tags), deployment)) {
      throw new DeployError("resource-not-owned", `The role ${name} exists and is not of the deployment ${deployment}`);
    }
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: trust }));
  }
  const policy = { RoleName: name, PolicyName: "batch", PolicyDocument: JSON.stringify(role.policy) };
  await iam.send(new PutRolePolicyCommand(policy));
  return `arn:${place.partition}:iam::${place.account}:role/${name}`;
}

async function putMachine(aws: Aws, sfn: SFNClient, batch: Batch, roleArn: string): Promise<string> {
  const { partition, region, account } = aws.place;
  const stateMachineArn = `arn:${partition}:states:${region}:${account}:stateMachine:${batch.name}`;
  const definition = JSON.stringify(batch.definition);
  return retryTransient(aws, async () => {
    try {
      const tags = [{ key: deploymentTag, value: batch.deployment }];
      await sfn.send(new CreateStateMachineCommand({ name: batch.name, definition, roleArn, type: "STANDARD", tags }));
    } catch (error) {
      if (awsErrorName(error) !== "StateMachineAlreadyExists") throw error;
      await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition, roleArn }));
    }
    return stateMachineArn;
  });
}

/**
 * The last execution of the same job, which is running or failed; or else a new one. A redriven execution runs the
 * definition with which it was started.
 */
async function beginExecution(sfn: SFNClient, stateMachineArn: string, { definition }: Batch) {
  const digest = createHash("sha256").update(JSON.stringify(definition)).digest("hex");
  const input = JSON.stringify({ definition: digest });
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }));
  const [last] = executions;
  if (last?.executionArn !== undefined && last.status !== "SUCCEEDED") {
    const { executionArn } = last;
    const found = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (found.input === input && last.status === "RUNNING") return { executionArn, began: "running" as const };
    if (found.input === input && found.redriveStatus === "REDRIVABLE") {
      await sfn.send(new RedriveExecutionCommand({ executionArn }));
      return { executionArn, began: "continued" as const };
    }
  }
  const { executionArn = "" } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
  return { executionArn, began: "started" as const };
}

async function progressOf(sfn: SFNClient, executionArn: string): Promise<BatchProgress> {
  let [succeeded, failed, total] = [0, 0, 0];
  for await (const { mapRuns = [] } of paginateListMapRuns({ client: sfn }, { executionArn })) {
    for (const { mapRunArn } of mapRuns) {
      const { itemCounts } = await sfn.send(new DescribeMapRunCommand({ mapRunArn }));
      succeeded += itemCounts?.succeeded ?? 0;
      failed += itemCounts?.failed ?? 0;
      total += itemCounts?.total ?? 0;
    }
  }
  return { succeeded, failed, total };
}
