// Parses the strings of requests: repository names, tags and ARNs.

import type { Call } from "../protocol/operation.js";
import type { AccountRegion } from "../service-interfaces.js";
import { invalidParameter, repositoryNotFound } from "./errors.js";

/** A repository's account, region and name. */
export interface RepositoryId extends AccountRegion {
  readonly name: string;
}

/** The shape `RepositoryName` of ECR's service model. */
const repositoryName = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const repositoryNameLengthMin = 2;
const repositoryNameLengthMax = 256;
/** A tag, as defined by the OCI distribution specification (1.1, "Pulling manifests"). */
const tag = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const repositoryArn = /^arn:aws[a-z-]*:ecr:([a-z0-9-]+):([0-9]{12}):repository\/(.+)$/;

/** Whether a string is a valid repository name. */
export const isRepositoryName = (name: string): boolean =>
  name.length >= repositoryNameLengthMin && name.length <= repositoryNameLengthMax && repositoryName.test(name);

export const isTag = (name: string): boolean => tag.test(name);

/** The key of a repository's document, and the prefix of the keys of its images, tags and layers. */
export const keyOf = ({ account, region, name }: RepositoryId): readonly [string, string, string] => [
  account,
  region,
  name,
];

export const arnOf = ({ account, region, name }: RepositoryId): string =>
  `arn:aws:ecr:${region}:${account}:repository/${name}`;

/**
 * The repository of an operation's `registryId` and `repositoryName`.
 * @throws AwsError InvalidParameterException for an invalid name, RepositoryNotFoundException for another account's
 * registry: there is no access across accounts
 */
export function repositoryIdOf(
  input: { readonly registryId?: string | undefined; readonly repositoryName: string | undefined },
  { account, region }: Call,
): RepositoryId {
  const name = input.repositoryName ?? "";
  if (!isRepositoryName(name)) {
    throw invalidParameter("repositoryName", `must satisfy regular expression '${repositoryName.source.slice(1, -1)}'`);
  }
  if (input.registryId !== undefined && input.registryId !== account) {
    throw repositoryNotFound({ account: input.registryId, region, name });
  }
  return { account, region, name };
}

/** The repository of a `resourceArn`. @throws AwsError InvalidParameterException, RepositoryNotFoundException */
export function repositoryOfArn(resourceArn: string | undefined, { account, region }: Call): RepositoryId {
  const found = repositoryArn.exec(resourceArn ?? "");
  if (!found) throw invalidParameter("resourceArn", "Invalid ARN");
  const repositoryId = { region: found[1]!, account: found[2]!, name: found[3]! };
  if (repositoryId.account !== account || repositoryId.region !== region) throw repositoryNotFound(repositoryId);
  return repositoryId;
}
