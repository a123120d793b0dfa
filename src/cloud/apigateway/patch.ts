// Patch operations as a table: one row for each path that can be changed, with the effect of each operation on it.

import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import type { AwsError } from "../protocol/aws-error.js";
import { badRequest, enumViolation, notFound, rejectViolations } from "./errors.js";
import { omitIfEmpty, withEntry } from "./state.js";

/** `names` are the unescaped parts of the path where the row has `{...}`. */
export type Effect<T> = (document: T, value: string, names: readonly string[]) => T;

export interface PatchRow<T> {
  /** `/requestParameters/{name}`. */
  readonly path: string;
  readonly add?: Effect<T>;
  readonly replace?: Effect<T>;
  readonly remove?: Effect<T>;
}

const supportedOps = ["add", "remove", "replace"] as const;
type SupportedOp = (typeof supportedOps)[number];

/** The errors for a patch that no row supports. AWS's messages differ by resource. */
export interface PatchMessages {
  unknownPath(path: string | undefined, op: string, allowedPaths: readonly string[]): AwsError;
  unsupportedOp(path: string, op: string, allowedOps: readonly string[]): AwsError;
}

/** For resources, models, validators, deployments and accounts: the message lists the allowed paths. */
export const listingMessages: PatchMessages = {
  unknownPath: (path, op, allowedPaths) =>
    badRequest(
      allowedPaths.length === 0
        ? `Invalid patch path  '${path ?? null}' specified for op '${op}'. Please choose supported operations`
        : `Invalid patch path  '${path ?? null}' specified for op '${op}'. Must be one of: [${allowedPaths.join(", ")}]`,
    ),
  unsupportedOp: (path, op) =>
    badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`),
};

/** For APIs, methods, integrations and their responses. */
export const plainMessages: PatchMessages = {
  unknownPath: (path) => badRequest(`Invalid patch path ${path ?? null}`),
  unsupportedOp: (_path, _op, allowedOps) =>
    badRequest(`Invalid patch operation specified. Must be one of: [${allowedOps.join(", ")}]`),
};

/**
 * Each operation can copy one map or list of the document, and can add a member to it. Copying this many members takes
 * less than 100 ms. It is enough for 1,000 operations on a map of 4,000 entries.
 */
const copiedMembersMax = 5_000_000;

/** In the order of AWS's message. */
const knownOps = ["add", "remove", "move", "test", "replace", "copy"];

/**
 * Applies all operations in order to a copy of the document. When one fails, none has an effect.
 * @param input the operation's input as AWS names it in its errors: `updateRestApiInput`
 * @throws AwsError ValidationException, BadRequestException, or what an effect throws
 */
export function applyPatch<T>(
  document: T,
  operations: readonly PatchOperation[] = [],
  rows: readonly PatchRow<T>[],
  messages: PatchMessages,
  input: string,
): T {
  if (operations.length * (operations.length + largestCollection(document)) > copiedMembersMax) {
    throw badRequest(`Too many patch operations for a document of this size: ${operations.length}`);
  }
  rejectViolations(
    operations.flatMap(({ op }, index) =>
      enumViolation(`${input}.patchOperations.${index + 1}.member.op`, op, knownOps),
    ),
  );
  let patched = document;
  for (const { op = "replace", path, value } of operations) {
    const found = path === undefined ? undefined : findRow(rows, path);
    if (!found || path === undefined) throw messages.unknownPath(path, op, pathsThatSupport(rows, op));
    const effect = isSupported(op) ? found.row[op] : undefined;
    if (!effect) {
      const allowedOps = supportedOps.filter((supported) => found.row[supported]);
      throw messages.unsupportedOp(path, op, allowedOps);
    }
    patched = effect(patched, value ?? "", found.names);
  }
  return patched;
}

/** The most members that any map or list in the document has. */
function largestCollection(document: unknown): number {
  const open = [document];
  let largest = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const members: unknown[] = Object.values(value);
    largest = Math.max(largest, members.length);
    for (const member of members) if (typeof member === "object" && member !== null) open.push(member);
  }
  return largest;
}

function isSupported(op: string): op is SupportedOp {
  return supportedOps.some((supported) => supported === op);
}

function pathsThatSupport<T>(rows: readonly PatchRow<T>[], op: string): string[] {
  return rows.filter((row) => isSupported(op) && row[op]).map((row) => row.path);
}

function findRow<T>(rows: readonly PatchRow<T>[], path: string) {
  const parts = path.split("/");
  for (const row of rows) {
    const pattern = row.path.split("/");
    if (pattern.length !== parts.length) continue;
    if (!pattern.every((part, index) => part.startsWith("{") || part === parts[index])) continue;
    return { row, names: parts.filter((_, index) => pattern[index]?.startsWith("{")).map(unescapePart) };
  }
  return undefined;
}

/** Undoes the escapes of a JSON pointer: `application~1json` is "application/json". */
function unescapePart(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** AWS reads every value other than "true" as false. */
export const parseBoolean = (value: string): boolean => value.toLowerCase() === "true";

/** Rows that replace one string member: `/description`. */
export function stringRow<Name extends string, T extends { readonly [Key in Name]?: string | undefined }>(
  name: Name,
): PatchRow<T> {
  return { path: `/${name}`, replace: (document, value) => ({ ...document, [name]: value }) };
}

/** The row for the entries of a map of parameters: `/requestParameters/{name}`. */
export function parameterRow<Name extends string, V, T extends WithMap<Name, V>>(
  member: Name,
  parse: (value: string) => V,
): PatchRow<T> {
  return entryRow(member, parse, "{name}", "Invalid parameter name specified");
}

/** The row for the entries of a map by content type: `/requestModels/{contentType}`. */
export function contentTypeRow<Name extends string, V, T extends WithMap<Name, V>>(
  member: Name,
  parse: (value: string) => V,
): PatchRow<T> {
  return entryRow(member, parse, "{contentType}", "Content-Type specified was not found");
}

type WithMap<Name extends string, V> = { readonly [Key in Name]?: Readonly<Record<string, V>> | undefined };

/** The value of a patch operation that is stored as it was sent. */
export const asSent = (value: string): string => value;

/** AWS removes a map together with its last entry. */
function entryRow<Name extends string, V, T extends WithMap<Name, V>>(
  member: Name,
  parse: (value: string) => V,
  variable: string,
  missing: string,
): PatchRow<T> {
  const entriesOf = (document: T): Readonly<Record<string, V>> => document[member] ?? {};
  const requireEntry = (document: T, name: string) => {
    if (!Object.hasOwn(entriesOf(document), name)) throw notFound(missing);
  };
  const put: Effect<T> = (document, value, [name = ""]) => ({
    ...document,
    [member]: withEntry(entriesOf(document), name, parse(value)),
  });
  return {
    path: `/${member}/${variable}`,
    add: put,
    replace: (document, value, names) => {
      requireEntry(document, names[0] ?? "");
      return put(document, value, names);
    },
    remove: (document, _value, [name = ""]) => {
      requireEntry(document, name);
      return { ...document, [member]: omitIfEmpty(withEntry(entriesOf(document), name, undefined)) };
    },
  };
}
