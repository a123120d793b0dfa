import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { undefinedOn } from "../aws-errors.js";
import { deploymentTag } from "../names.js";
import { retryTransient } from "../retry.js";
import { required } from "./attributes.js";
import {
  attributesOf,
  configurationOf,
  type FunctionAttributes,
  failureOf,
  functionAttributes,
  waitUntilActive,
} from "./function-attributes.js";
import {
  type Context,
  checkOwned,
  type DeletableResource,
  type Found,
  type Outcome,
  type Outputs,
  type ResourceDefinition,
} from "./resource.js";

/** The Lambda function. Versions and alias are resources of their own. */
export const lambdaFunction: ResourceDefinition<FunctionAttributes> & DeletableResource = {
  kind: "function",
  name: ({ names }) => names.function,
  attributes: functionAttributes,
  provider: {
    read: readFunction,

    async create({ aws, names }, desired, _state, outputs) {
      await retryTransient(aws, () =>
        aws.lambda.send(
          new CreateFunctionCommand({
            FunctionName: names.function,
            PackageType: "Image",
            Code: { ImageUri: imageUri(desired, outputs) },
            Architectures: [desired.architecture],
            ...configurationOf(desired),
            Tags: { [deploymentTag]: names.deployment },
          }),
        ),
      );
      await waitUntilActive(aws, names.function);
      return outcome(desired);
    },

    async update({ aws, names }, desired, { attributes, problem }, _state, outputs) {
      // A function that is being created or updated accepts no other update; one that failed is what this update fixes.
      await waitUntilActive(aws, names.function).catch(() => {});
      if (!isEqual(configurationOf({ ...desired, api: "", ...attributes }), configurationOf(desired))) {
        await retryTransient(aws, () =>
          aws.lambda.send(
            new UpdateFunctionConfigurationCommand({ FunctionName: names.function, ...configurationOf(desired) }),
          ),
        );
        await waitUntilActive(aws, names.function);
      }
      const isSameCode = attributes.image === desired.image && attributes.architecture === desired.architecture;
      if (isSameCode && !problem) return outcome(desired);
      await retryTransient(aws, () =>
        aws.lambda.send(
          new UpdateFunctionCodeCommand({
            FunctionName: names.function,
            ImageUri: imageUri(desired, outputs),
            Architectures: [desired.architecture],
          }),
        ),
      );
      await waitUntilActive(aws, names.function);
      return outcome(desired);
    },

    /** Deletes its versions, aliases and their policies too. */
    async delete({ aws, names }) {
      await retryTransient(aws, () => aws.lambda.send(new DeleteFunctionCommand({ FunctionName: names.function })));
    },
  },
};

function imageUri({ image }: FunctionAttributes, { repositoryUri }: Outputs): string {
  return `${required(repositoryUri, "repository URI")}@${image}`;
}

function outcome({ memoryMb, timeoutSeconds }: FunctionAttributes): Outcome {
  return { detail: `${memoryMb} MB, ${timeoutSeconds} s` };
}

function isEqual(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function readFunction({ aws, names }: Context): Promise<Found<FunctionAttributes> | undefined> {
  const response = await undefinedOn(
    ["ResourceNotFoundException"],
    aws.lambda.send(new GetFunctionCommand({ FunctionName: names.function })),
  );
  if (!response?.Configuration) return undefined;
  checkOwned(`Lambda function ${names.function}`, response.Tags, names.deployment);
  const problem = failureOf(response.Configuration);
  return {
    id: names.function,
    attributes: attributesOf(response.Configuration),
    ...(problem === undefined ? {} : { problem }),
  };
}
