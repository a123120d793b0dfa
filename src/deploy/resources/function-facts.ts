// What of a function's configuration a deployment decides; the function and each of its versions are compared by it.

import { type FunctionConfiguration, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { Aws } from "../aws.js";
import { DeployError } from "../errors.js";
import { waitFor } from "../patience.js";
import type { Wanted } from "../wanted.js";

export interface FunctionFacts {
  readonly imageDigest: string;
  readonly architecture: string;
  readonly roleArn: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly description: string;
}

export function functionFacts(configuration: FunctionConfiguration): FunctionFacts {
  return {
    // Of an image, Lambda's CodeSha256 is the manifest's digest in hex.
    imageDigest: `sha256:${configuration.CodeSha256 ?? ""}`,
    architecture: configuration.Architectures?.[0] ?? "x86_64",
    roleArn: configuration.Role ?? "",
    memoryMb: configuration.MemorySize ?? 0,
    timeoutSeconds: configuration.Timeout ?? 0,
    description: configuration.Description ?? "",
  };
}

/** In words for people: what is not as wanted. */
export function unlike(seen: FunctionFacts, { spec, names, image, description }: Wanted): string[] {
  const differences: string[] = [];
  if (seen.imageDigest !== image.digest) differences.push("another image");
  if (seen.architecture !== image.architecture) differences.push(`${seen.architecture} becomes ${image.architecture}`);
  if (seen.roleArn !== names.roleArn) differences.push("another role");
  if (seen.memoryMb !== spec.memoryMb) differences.push(`memory ${seen.memoryMb} MB becomes ${spec.memoryMb} MB`);
  if (seen.timeoutSeconds !== spec.timeoutSeconds) {
    differences.push(`time-out ${seen.timeoutSeconds} s becomes ${spec.timeoutSeconds} s`);
  }
  if (seen.description !== description) differences.push("another description");
  return differences;
}

/** Lambda unpacks an image before its function can run; a large one takes minutes. */
const settledLimitMs = 5 * 60_000;

/** Waits until a function (or one of its versions) can be invoked with its newest code. @throws DeployError "function-failed" */
export async function settled(aws: Aws, functionName: string, qualifier?: string): Promise<void> {
  await waitFor(aws, `The function ${functionName}`, settledLimitMs, async () => {
    const seen = await aws.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: qualifier }),
    );
    if (seen.State === "Failed" || seen.LastUpdateStatus === "Failed") {
      const reason = seen.LastUpdateStatusReason ?? seen.StateReason ?? "no reason given";
      throw new DeployError("function-failed", `Lambda cannot run the function ${functionName}: ${reason}`);
    }
    const busy = seen.State === "Pending" || seen.LastUpdateStatus === "InProgress";
    return busy ? undefined : seen;
  });
}
