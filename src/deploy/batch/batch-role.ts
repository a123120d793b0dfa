import type { Place } from "../names.js";
import type { BatchJob } from "./state-machine.js";

export interface BatchRole {
  readonly trust: object;
  readonly policy: object;
}

/** The role of the state machine: reads the input, writes under the output's prefix, and invokes the one function. */
export function batchRole(
  { functionArn, input, output }: Pick<BatchJob, "functionArn" | "input" | "output">,
  machineName: string,
  { account, region, partition }: Place,
): BatchRole {
  const objects = (bucket: string, key: string) => `arn:${partition}:s3:::${bucket}/${key}`;
  const isPrefix = input.key === "" || input.key.endsWith("/");
  const states = `arn:${partition}:states:${region}:${account}`;
  const allow = (Action: string | readonly string[], Resource: string | readonly string[], more: object = {}) => ({
    Effect: "Allow",
    Action,
    Resource,
    ...more,
  });
  return {
    trust: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "states.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": account } },
        },
      ],
    },
    policy: {
      Version: "2012-10-17",
      Statement: [
        allow("lambda:InvokeFunction", functionArn),
        allow("s3:GetObject", objects(input.bucket, isPrefix ? `${input.key}*` : input.key)),
        ...(isPrefix
          ? [
              allow("s3:ListBucket", `arn:${partition}:s3:::${input.bucket}`, {
                Condition: { StringLike: { "s3:prefix": `${input.key}*` } },
              }),
            ]
          : []),
        allow(
          ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
          objects(output.bucket, `${output.key}*`),
        ),
        // A Distributed Map starts, watches and redrives executions of its own state machine.
        allow("states:StartExecution", `${states}:stateMachine:${machineName}`),
        allow(
          ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"],
          `${states}:execution:${machineName}/*`,
        ),
      ],
    },
  };
}
