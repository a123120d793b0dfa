// Patch operations as a table: one row for each path that can be changed, with what each operation does there.

import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import type { AwsError } from "../protocol/aws-error.js";
import { badRequest, enumViolation, rejectViolations } from "./errors.js";

/** `names` are the parts of the path for which the row has `{...}`, unescaped. */
export type Effect<T> = (document: T, value: string, names: readonly string[]) => T;

export interface PatchRow<T> {
  /** `/requestParameters/{name}`. */
  readonly path: string;
  readonly add?: Effect<T>;
  readonly replace?: Effect<T>;
  readonly remove?: Effect<T>;
}

type Op = "add" | "replace" | "remove";

/** AWS's services refuse in different messages. */
export interface PatchMessages {
  unknownPath(path: string | undefined, op: string, allowed: readonly string[]): AwsError;
  unsupportedOp(path: string, op: string, allowed: readonly string[]): AwsError;
}

/** Of resources, models and validators. */
export const listingMessages: PatchMessages = {
  unknownPath: (path, op, allowed) =>
    badRequest(
      allowed.length === 0
        ? `Invalid patch path  '${path ?? null}' specified for op '${op}'. Please choose supported operations`
        : `Invalid patch path  '${path ?? null}' specified for op '${op}'. Must be one of: [${allowed.join(", ")}]`,
    ),
  unsupportedOp: (path, op) =>
    badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`),
};

/** Of APIs, methods, integrations and their responses. */
export const plainMessages: PatchMessages = {
  unknownPath: (path) => badRequest(`Invalid patch path ${path ?? null}`),
  unsupportedOp: (_path, _op, allowed) =>
    badRequest(`Invalid patch operation specified. Must be one of: [${allowed.join(", ")}]`),
};

/** In the order of AWS's own message. */
const patchOps = ["add", "remove", "move", "test", "replace", "copy"];

/**
 * A new document with all operations applied, in order, or none.
 * @param input the operation's input as AWS names it in its errors: `updateRestApiInput`
 * @throws AwsError ValidationException, BadRequestException, or what an effect throws
 */
export function applyPatch<T>(
  document: T,
  operations: readonly PatchOperation[] | undefined,
  rows: readonly PatchRow<T>[],
  messages: PatchMessages,
  input: string,
): T {
  rejectViolations(
    (operations ?? []).flatMap(({ op }, index) =>
      enumViolation(`${input}.patchOperations.${index + 1}.member.op`, op, patchOps),
    ),
  );
  let patched = document;
  for (const { op = "replace", path, value } of operations ?? []) {
    const allowed = rows.filter((row) => isEffect(op) && row[op]).map((row) => row.path);
    const found = path === undefined ? undefined : findRow(rows, path);
    if (!found || path === undefined) throw messages.unknownPath(path, op, allowed);
    const effect = isEffect(op) ? found.row[op] : undefined;
    if (!effect) throw messages.unsupportedOp(path, op, opsOf(found.row));
    patched = effect(patched, value ?? "", found.names);
  }
  return patched;
}

function isEffect(op: string): op is Op {
  return op === "add" || op === "replace" || op === "remove";
}

function opsOf<T>(row: PatchRow<T>): string[] {
  return (["add", "remove", "replace"] as const).filter((op) => row[op]);
}

function findRow<T>(rows: readonly PatchRow<T>[], path: string) {
  const parts = path.split("/");
  for (const row of rows) {
    const pattern = row.path.split("/");
    if (pattern.length !== parts.length) continue;
    if (!pattern.every((part, index) => part.startsWith("{") || part === parts[index])) continue;
    return { row, names: parts.filter((_, index) => pattern[index]!.startsWith("{")).map(unescapePart) };
  }
  return undefined;
}

/** JSON pointer's escapes: `application~1json` is "application/json". */
function unescapePart(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** A flag as the service reads it: whatever is not "true" is false. */
export const parseBoolean = (value: string): boolean => value.toLowerCase() === "true";

/** The effects on one entry of a map. A map that has lost its last entry goes away, as AWS answers it. */
export function entryEffects<T, V>(
  of: (document: T) => Readonly<Record<string, V>> | undefined,
  set: (document: T, entries: Record<string, V> | undefined) => T,
  parse: (value: string, name: string) => V,
  missing: () => AwsError,
): Pick<PatchRow<T>, "add" | "replace" | "remove"> {
  const put: Effect<T> = (document, value, [name = ""]) =>
    set(document, { ...of(document), [name]: parse(value, name) });
  return {
    add: put,
    replace: (document, value, names) => {
      if (of(document)?.[names[0] ?? ""] === undefined) throw missing();
      return put(document, value, names);
    },
    remove: (document, _value, [name = ""]) => {
      const { [name]: removed, ...others } = of(document) ?? {};
      if (removed === undefined) throw missing();
      return set(document, Object.keys(others).length > 0 ? others : undefined);
    },
  };
}
