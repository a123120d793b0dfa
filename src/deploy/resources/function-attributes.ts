// The attributes of a function and of each of its versions: their desired values, and where Lambda's configuration has
// them.

import { type FunctionConfiguration, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { Aws } from "../aws.js";
import { functionDescription, modelOf, recordedApiOf } from "../desired-state.js";
import { DeployError } from "../errors.js";
import { waitFor } from "../retry.js";
import type { AttributeTable } from "./attributes.js";
import { shortDigest } from "./image.js";

export interface FunctionAttributes {
  /** `sha256:...` of the image's manifest. */
  readonly image: string;
  readonly architecture: "x86_64" | "arm64";
  readonly role: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** What the model or the code is, in one line. */
  readonly model: string;
  readonly kind: "model" | "code";
  /** The digest of the API that it is published with. */
  readonly api: string;
}

export const functionAttributes: AttributeTable<FunctionAttributes> = {
  image: { label: "image", text: shortDigest, desired: ({ image }) => image.digest },
  architecture: { label: "architecture", desired: ({ image }) => image.architecture },
  role: { label: "role", text: (arn) => arn.split("/").at(-1) ?? arn, desired: ({ names }) => names.roleArn },
  memoryMb: { label: "memory", text: (value) => `${value} MB`, desired: ({ spec }) => spec.memoryMb },
  timeoutSeconds: { label: "timeout", text: (value) => `${value} s`, desired: ({ spec }) => spec.timeoutSeconds },
  model: { label: "model", desired: ({ model }) => model },
  kind: { label: "kind", desired: ({ kind }) => kind },
  api: { label: "API", desired: ({ apiDigest }) => apiDigest },
};

export function attributesOf(configuration: FunctionConfiguration): Partial<FunctionAttributes> {
  const { CodeSha256 = "", Architectures, Role, MemorySize, Timeout, Description = "" } = configuration;
  const [architecture = "x86_64"] = Architectures ?? [];
  const recorded = recordedApiOf(Description);
  return {
    // CodeSha256 of an image function is the manifest's digest in hex.
    image: `sha256:${CodeSha256}`,
    architecture,
    ...(Role === undefined ? {} : { role: Role }),
    ...(MemorySize === undefined ? {} : { memoryMb: MemorySize }),
    ...(Timeout === undefined ? {} : { timeoutSeconds: Timeout }),
    model: modelOf(Description),
    ...(recorded === undefined ? {} : { kind: recorded.kind, api: recorded.apiDigest }),
  };
}

/** The attributes that Lambda changes as configuration, not as code. */
export function configurationOf({ role, memoryMb, timeoutSeconds, model, kind, api }: FunctionAttributes) {
  return {
    Role: role,
    MemorySize: memoryMb,
    Timeout: timeoutSeconds,
    Description: functionDescription(model, { kind, apiDigest: api }),
  };
}

/** Lambda optimizes an image before its function can run, which takes minutes for a large one. */
const activeMsMax = 5 * 60_000;

/**
 * Waits until the function, or one of its versions, is active with its newest code.
 * @throws DeployError "function-failed"
 */
export async function waitUntilActive(aws: Aws, functionName: string, qualifier?: string): Promise<void> {
  await waitFor(aws, `The function ${functionName}`, activeMsMax, async () => {
    const found = await aws.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: qualifier }),
    );
    const failure = failureOf(found);
    if (failure) throw new DeployError("function-failed", `Lambda cannot run the function ${functionName}: ${failure}`);
    return found.State === "Pending" || found.LastUpdateStatus === "InProgress" ? undefined : found;
  });
}

/** Why Lambda could not create or update the function. */
export function failureOf(configuration: FunctionConfiguration): string | undefined {
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = configuration;
  if (State === "Failed") return `its creation failed: ${StateReason ?? "no reason given"}`;
  if (LastUpdateStatus === "Failed") return `its last update failed: ${LastUpdateStatusReason ?? "no reason given"}`;
  return undefined;
}
