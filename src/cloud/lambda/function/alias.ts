// Aliases: names for versions, optionally with a weight for another version.

import type { AliasConfiguration, AliasRoutingConfiguration } from "@aws-sdk/client-lambda";
import type { AliasDocument, Collections } from "./documents.js";
import { constraintViolated, functionNotFound, invalidParameter, notFound } from "./errors.js";
import { type FunctionReference, functionArn, latest } from "./function-name.js";
import { isVersionNumber, keyOf } from "./lookup.js";

export function describeAlias(alias: AliasDocument, reference: FunctionReference): AliasConfiguration {
  const { name, version, description, weights, revisionId } = alias;
  return {
    AliasArn: functionArn({ ...reference, qualifier: name }),
    Name: name,
    FunctionVersion: version,
    Description: description,
    RoutingConfig: Object.keys(weights).length === 0 ? undefined : { AdditionalVersionWeights: { ...weights } },
    RevisionId: revisionId,
  };
}

/** @throws AwsError ResourceNotFoundException */
export function existingAlias(
  { aliases }: Pick<Collections, "aliases">,
  reference: FunctionReference,
  name: string,
): AliasDocument {
  const found = aliases.get(keyOf(reference, name));
  if (!found) throw notFound(`Cannot find alias arn: ${functionArn({ ...reference, qualifier: name })}`);
  return found;
}

/** An alias must not be a number, which would be a version. */
const aliasPattern = /^(?!^[0-9]+$)[a-zA-Z0-9-_]{1,128}$/;

/** @throws AwsError ValidationException */
export function checkAliasName(name: string): string {
  if (aliasPattern.test(name)) return name;
  throw constraintViolated(
    "name",
    name,
    "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
  );
}

/** @throws AwsError ResourceNotFoundException when the version does not exist */
export function checkAliasVersion(
  { versions }: Pick<Collections, "versions">,
  reference: FunctionReference,
  version: string,
): string {
  if (!versions.get(keyOf(reference, version))) throw functionNotFound({ ...reference, qualifier: version });
  return version;
}

/**
 * The weights of an alias's other versions.
 * @throws AwsError InvalidParameterValueException
 */
export function weightsOf(
  routing: AliasRoutingConfiguration | undefined,
  version: string,
  collections: Pick<Collections, "versions">,
  reference: FunctionReference,
): Record<string, number> {
  const weights = { ...routing?.AdditionalVersionWeights };
  const entries = Object.entries(weights);
  if (entries.length > 1)
    throw invalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1");
  if (entries.length > 0 && version === latest) {
    throw invalidParameter("$LATEST is not supported for an alias pointing to more than 1 version");
  }
  for (const [other, weight] of entries) {
    if (other === version) {
      throw invalidParameter(
        `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
      );
    }
    if (!isVersionNumber(other))
      throw invalidParameter(`Invalid function version ${other}. Only published versions can have a weight.`);
    if (!(weight >= 0 && weight <= 1))
      throw invalidParameter(`The weight of version ${other} must be between 0.0 and 1.0, found ${weight}`);
    checkAliasVersion(collections, reference, other);
  }
  return weights;
}
