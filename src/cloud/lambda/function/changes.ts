// Common parts of the operations that change a function.

import type { LambdaState } from "../state.js";
import type { Settings, VersionDocument } from "./documents.js";
import { conflict, functionNotFound, invalidParameter } from "./errors.js";
import { type FunctionReference, functionArn, latest } from "./function-name.js";
import { findFunction, keyOf } from "./lookup.js";

/** The service that a function's role must trust. */
const lambdaService = "lambda.amazonaws.com";

/** @throws AwsError InvalidParameterValueException */
export function checkAssumable(role: string | undefined, { roles }: Pick<LambdaState, "roles">): void {
  if (roles.find(role ?? "")?.assumableBy(lambdaService)) return;
  throw invalidParameter("The role defined for the function cannot be assumed by Lambda.");
}

/**
 * Returns $LATEST of a function, unless another change of it is in progress.
 * @throws AwsError ResourceNotFoundException, ResourceConflictException
 */
export function changeableLatest(
  state: Pick<LambdaState, "functions" | "versions">,
  reference: FunctionReference,
): VersionDocument {
  findFunction(state, reference);
  const found = state.versions.get(keyOf(reference, latest));
  if (!found) throw functionNotFound(reference);
  if (found.state.status === "Pending") {
    throw conflict(
      "The operation cannot be performed at this time. The function is currently in the following state: Pending",
    );
  }
  if (found.update?.status === "InProgress") {
    throw conflict(
      `The operation cannot be performed at this time. An update is in progress for resource: ${functionArn({ ...reference, qualifier: undefined })}`,
    );
  }
  return found;
}

/** $LATEST with new settings or code, as an update in progress. */
export function updated(
  before: VersionDocument,
  change: Partial<Pick<VersionDocument, "settings" | "code">>,
  { clock, newId }: Pick<LambdaState, "clock" | "newId">,
): VersionDocument {
  const { settings, code } = before;
  const failedBefore = before.state.status === "Failed";
  return {
    ...before,
    ...change,
    // A function whose creation failed has no earlier state to restore.
    state: failedBefore
      ? { status: "Pending", reason: "The function is being created.", reasonCode: "Creating" }
      : before.state,
    update: failedBefore
      ? undefined
      : { status: "InProgress", reason: "The function is being created.", before: { settings, code } },
    lastModifiedMs: clock.nowMs(),
    revisionId: newId(),
  };
}

/**
 * Publishes $LATEST as the next version, unless the last version is the same. Must be called inside `store.write`.
 * The version has the state of $LATEST, and becomes active together with it.
 */
export function publish(
  state: LambdaState,
  reference: FunctionReference,
  from: VersionDocument,
  description: string | undefined,
): VersionDocument {
  const found = findFunction(state, reference);
  const last = state.versions.get(keyOf(reference, String(found.lastVersion)));
  const settings: Settings = { ...from.settings, Description: description ?? from.settings.Description };
  if (last && isSame(last, from)) return last;
  const number = String(found.lastVersion + 1);
  const { update: _update, ...rest } = from;
  const preparing = from.update?.status === "InProgress";
  const version: VersionDocument = {
    ...rest,
    version: number,
    settings,
    latestDescription: from.settings.Description,
    state: preparing
      ? { status: "Pending", reason: "The function is being created.", reasonCode: "Creating" }
      : from.state,
    lastModifiedMs: state.clock.nowMs(),
    revisionId: state.newId(),
  };
  state.functions.put(keyOf(reference), { ...found, lastVersion: Number(number) });
  state.versions.put(keyOf(reference, number), version);
  return version;
}

/** Whether $LATEST has not changed since `published` was published. The version's own description does not count. */
function isSame(published: VersionDocument, latest: VersionDocument): boolean {
  return (
    published.code.sha256 === latest.code.sha256 &&
    published.latestDescription === latest.settings.Description &&
    canonical(published.settings) === canonical(latest.settings)
  );
}

function canonical({ Description: _description, ...settings }: Settings): string {
  return JSON.stringify(settings, (_key, member: unknown) =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
