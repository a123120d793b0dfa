import {
  type FunctionConfiguration,
  GetAliasCommand,
  PublishVersionCommand,
  paginateListVersionsByFunction,
} from "@aws-sdk/client-lambda";
import { undefinedOn } from "../aws-errors.js";
import type { DesiredState } from "../desired-state.js";
import { retryTransient } from "../retry.js";
import { compare, required } from "./attributes.js";
import { attributesOf, type FunctionAttributes, functionAttributes, waitUntilActive } from "./function-attributes.js";
import type { Context, Found, ResourceDefinition } from "./resource.js";

/** A published version of the function. Versions never change: a difference publishes another one. */
export const version: ResourceDefinition<FunctionAttributes> = {
  kind: "version",
  name: ({ names }) => names.function,
  attributes: functionAttributes,
  provider: {
    async read(context, state) {
      const versions = await publishedVersions(context);
      const alias = await readAlias(context, state.spec.stage);
      const served = versions.find(({ Version }) => Version === alias?.FunctionVersion);
      const usable = (candidate: FunctionConfiguration | undefined) =>
        candidate !== undefined && candidate.State !== "Failed" && isAsDesired(candidate, state);
      const found = usable(served) ? served : versions.findLast(usable);
      if (found) return asFound(found);
      if (!served) return undefined;
      const { outputs: _outputs, ...before } = asFound(served);
      return before;
    },

    async create({ aws, names }, { image }) {
      const published = await retryTransient(aws, () =>
        aws.lambda.send(
          // With the digest, Lambda rejects the request if another client has updated the function in the meantime.
          new PublishVersionCommand({ FunctionName: names.function, CodeSha256: image.slice("sha256:".length) }),
        ),
      );
      const created = required(published.Version, "version");
      await waitUntilActive(aws, names.function, created);
      return { outputs: { version: created }, detail: `version ${created}` };
    },
  },
};

function asFound(configuration: FunctionConfiguration): Found<FunctionAttributes> {
  const id = required(configuration.Version, "version");
  return { id, attributes: attributesOf(configuration), outputs: { version: id }, detail: `version ${id}` };
}

function isAsDesired(configuration: FunctionConfiguration, state: DesiredState): boolean {
  return compare(functionAttributes, attributesOf(configuration), state, {}).changes.length === 0;
}

/** Oldest first; none where the function does not exist. */
export async function publishedVersions({ aws, names }: Context): Promise<FunctionConfiguration[]> {
  const pages = paginateListVersionsByFunction({ client: aws.lambda }, { FunctionName: names.function });
  const found = await undefinedOn(
    ["ResourceNotFoundException"],
    (async () => {
      const versions: FunctionConfiguration[] = [];
      for await (const { Versions = [] } of pages) versions.push(...Versions);
      return versions;
    })(),
  );
  return (found ?? [])
    .filter(({ Version }) => Version !== "$LATEST")
    .sort((a, b) => Number(a.Version) - Number(b.Version));
}

/** undefined: the alias or its function does not exist. */
export function readAlias({ aws, names }: Context, name: string) {
  return undefinedOn(
    ["ResourceNotFoundException"],
    aws.lambda.send(new GetAliasCommand({ FunctionName: names.function, Name: name })),
  );
}
