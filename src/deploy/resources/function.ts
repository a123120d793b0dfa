import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  type FunctionConfiguration,
  GetFunctionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { absentAs } from "../aws-errors.js";
import { deploymentTag } from "../names.js";
import { untilConsistent } from "../patience.js";
import type { Wanted } from "../wanted.js";
import { type FunctionFacts, functionFacts, settled, unlike } from "./function-facts.js";
import {
  absent,
  type Context,
  checkOurs,
  type Difference,
  given,
  oursOnly,
  type Removable,
  type ResourceDefinition,
} from "./resource.js";

interface SeenFunction extends FunctionFacts {
  readonly failed: string | undefined;
}

/** The Lambda function; its versions and alias are the alias's business. */
export const lambdaFunction: ResourceDefinition<SeenFunction> = {
  kind: "function",
  name: ({ names }) => names.function,

  read: readFunction,

  difference(seen, wanted): Difference | undefined {
    if (!seen) return absent;
    const why = [...unlike(seen, wanted), ...(seen.failed ? [seen.failed] : [])];
    return why.length > 0 ? { action: "update", why } : undefined;
  },

  async change(context, seen, wanted, { repositoryUri }) {
    const imageUri = `${given(repositoryUri, "the repository's URI")}@${wanted.image.digest}`;
    if (seen) await update(context, seen, wanted, imageUri);
    else await create(context, wanted, imageUri);
    return { detail: `${wanted.spec.memoryMb} MB, ${wanted.spec.timeoutSeconds} s` };
  },
};

async function readFunction({ aws, names }: Context): Promise<SeenFunction | undefined> {
  const answer = await absentAs(
    ["ResourceNotFoundException"],
    aws.lambda.send(new GetFunctionCommand({ FunctionName: names.function })),
  );
  if (!answer?.Configuration) return undefined;
  checkOurs(`Lambda function ${names.function}`, answer.Tags, names.deployment);
  return { ...functionFacts(answer.Configuration), failed: failureOf(answer.Configuration) };
}

async function create({ aws }: Context, wanted: Wanted, imageUri: string): Promise<void> {
  const { names, spec, image, description } = wanted;
  await untilConsistent(aws, () =>
    aws.lambda.send(
      new CreateFunctionCommand({
        FunctionName: names.function,
        PackageType: "Image",
        Code: { ImageUri: imageUri },
        Role: names.roleArn,
        Description: description,
        MemorySize: spec.memoryMb,
        Timeout: spec.timeoutSeconds,
        Architectures: [image.architecture],
        Tags: { [deploymentTag]: names.deployment },
      }),
    ),
  );
  await settled(aws, names.function);
}

async function update({ aws }: Context, seen: SeenFunction, wanted: Wanted, imageUri: string): Promise<void> {
  const { names, spec, image, description } = wanted;
  // One that is still being made or changed takes no other change; one that failed is what this update mends.
  await settled(aws, names.function).catch(() => {});
  if (unlike({ ...seen, imageDigest: image.digest, architecture: image.architecture }, wanted).length > 0) {
    await untilConsistent(aws, () =>
      aws.lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: names.function,
          Role: names.roleArn,
          Description: description,
          MemorySize: spec.memoryMb,
          Timeout: spec.timeoutSeconds,
        }),
      ),
    );
    await settled(aws, names.function);
  }
  if (seen.imageDigest === image.digest && seen.architecture === image.architecture && !seen.failed) return;
  await untilConsistent(aws, () =>
    aws.lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: names.function,
        ImageUri: imageUri,
        Architectures: [image.architecture],
      }),
    ),
  );
  await settled(aws, names.function);
}

function failureOf({ State, StateReason, LastUpdateStatus, LastUpdateStatusReason }: FunctionConfiguration) {
  if (State === "Failed") return `it failed: ${StateReason ?? "no reason given"}`;
  if (LastUpdateStatus === "Failed") return `its last update failed: ${LastUpdateStatusReason ?? "no reason given"}`;
  return undefined;
}

/** Its versions, aliases and their policies go with it. */
export async function removableFunction(context: Context): Promise<Removable[]> {
  const { aws, names } = context;
  if (!(await oursOnly(() => readFunction(context)))) return [];
  const remove = async () => {
    await untilConsistent(aws, () => aws.lambda.send(new DeleteFunctionCommand({ FunctionName: names.function })));
  };
  return [{ kind: "function", name: names.function, remove }];
}
