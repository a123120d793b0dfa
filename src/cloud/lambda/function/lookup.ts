// Looks up the documents of a function reference.

import type { Key } from "../../store/store.js";
import type { AliasDocument, Collections, FunctionDocument, VersionDocument } from "./documents.js";
import { functionNotFound } from "./errors.js";
import { type FunctionId, type FunctionReference, latest } from "./function-name.js";

export function keyOf({ account, region, name }: FunctionId, ...more: readonly string[]): Key {
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

/** The digits of the largest version number that JavaScript can represent. */
const versionDigits = Number.MAX_SAFE_INTEGER.toString().length;

/** The key that sorts versions in AWS's order: by function, and within a function $LATEST first, then by number. */
export function versionSortKey({ name, version }: VersionDocument): string {
  return `${name}\0${version === latest ? "" : version.padStart(versionDigits, "0")}`;
}

/** All versions of a function, in the order of `versionSortKey`. */
export function versionsOf({ versions }: Pick<Collections, "versions">, id: FunctionId): VersionDocument[] {
  return versions
    .list(keyOf(id))
    .map(({ document }) => document)
    .sort((a, b) => (versionSortKey(a) < versionSortKey(b) ? -1 : 1));
}
