// Looks up the documents of a function reference.

import type { Place } from "../../service-interfaces.js";
import type { Key } from "../../store/store.js";
import type { AliasDocument, Collections, FunctionDocument, VersionDocument } from "./documents.js";
import { functionNotFound } from "./errors.js";
import { type FunctionReference, latest } from "./function-name.js";

export function keyOf({ account, region, name }: Place & { readonly name: string }, ...more: readonly string[]): Key {
  return [account, region, name, ...more];
}

/** @throws AwsError ResourceNotFoundException */
export function findFunction(
  { functions }: Pick<Collections, "functions">,
  reference: FunctionReference,
): FunctionDocument {
  const found = functions.get(keyOf(reference));
  if (!found) throw functionNotFound(reference);
  return found;
}

export function isVersionNumber(qualifier: string): boolean {
  return /^[0-9]+$/.test(qualifier);
}

export function findAlias(
  { aliases }: Pick<Collections, "aliases">,
  reference: FunctionReference,
): AliasDocument | undefined {
  return reference.qualifier === undefined ? undefined : aliases.get(keyOf(reference, reference.qualifier));
}

/**
 * Returns the version of a reference: the qualifier's, an alias's main version, or $LATEST.
 * @throws AwsError ResourceNotFoundException
 */
export function findVersion(
  collections: Pick<Collections, "versions" | "aliases">,
  reference: FunctionReference,
): VersionDocument {
  const { qualifier = latest } = reference;
  const version = findAlias(collections, reference)?.version ?? qualifier;
  const found = collections.versions.get(keyOf(reference, version));
  if (!found) throw functionNotFound(reference);
  return found;
}

/** All versions of a function: $LATEST first, then by number. */
export function versionsOf(
  { versions }: Pick<Collections, "versions">,
  reference: Place & { readonly name: string },
): VersionDocument[] {
  const order = ({ version }: VersionDocument) => (version === latest ? 0 : Number(version));
  return versions
    .list(keyOf(reference))
    .map(({ document }) => document)
    .sort((a, b) => order(a) - order(b));
}
