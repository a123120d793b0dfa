// Strings of requests become values here, once: repositories, tags, digests and ARNs.

import type { Call } from "../protocol/operation.js";
import type { Place } from "../service-interfaces.js";
import { invalidParameter, repositoryNotFound } from "./errors.js";

/** A repository's name and where it lives. */
export interface RepositoryPlace extends Place {
  readonly name: string;
}

/** The shape `RepositoryName` of ECR's service model. */
const repositoryName = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const repositoryNameLengthMin = 2;
const repositoryNameLengthMax = 256;
/** A tag, as the OCI distribution specification (1.1, "Pulling manifests") writes it. */
const tag = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const repositoryArn = /^arn:aws[a-z-]*:ecr:([a-z0-9-]+):([0-9]{12}):repository\/(.+)$/;

/** Whether a text may name a repository. */
export const isRepositoryName = (text: string): boolean =>
  text.length >= repositoryNameLengthMin && text.length <= repositoryNameLengthMax && repositoryName.test(text);

export const isTag = (text: string): boolean => tag.test(text);

/** The key of a repository's document, and the beginning of the keys of what it holds. */
export const keyOf = ({ account, region, name }: RepositoryPlace): readonly [string, string, string] => [
  account,
  region,
  name,
];

export const arnOf = ({ account, region, name }: RepositoryPlace): string =>
  `arn:aws:ecr:${region}:${account}:repository/${name}`;

/**
 * The repository that an operation's `registryId` and `repositoryName` mean.
 * @throws AwsError InvalidParameterException for a name that none can have, RepositoryNotFoundException in another account's registry:
 * accounts never meet here.
 */
export function repositoryPlace(
  input: { readonly registryId?: string | undefined; readonly repositoryName: string | undefined },
  { account, region }: Call,
): RepositoryPlace {
  const name = input.repositoryName ?? "";
  if (!isRepositoryName(name)) {
    throw invalidParameter("repositoryName", `must satisfy regular expression '${repositoryName.source.slice(1, -1)}'`);
  }
  if (input.registryId !== undefined && input.registryId !== account) {
    throw repositoryNotFound({ account: input.registryId, region, name });
  }
  return { account, region, name };
}

/** The repository that a `resourceArn` means. */
export function repositoryOfArn(resourceArn: string | undefined, { account, region }: Call): RepositoryPlace {
  const found = repositoryArn.exec(resourceArn ?? "");
  if (!found) throw invalidParameter("resourceArn", "Invalid ARN");
  const place = { region: found[1]!, account: found[2]!, name: found[3]! };
  if (place.account !== account || place.region !== region) throw repositoryNotFound(place);
  return place;
}
