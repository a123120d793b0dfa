import type { Handler } from "../../protocol/operation.js";
import { checkPackage, codeOf } from "../code/package.js";
import { changeableLatest, checkAssumable, publish, updated } from "../function/changes.js";
import { describeFunction } from "../function/describe.js";
import { checkRevision } from "../function/errors.js";
import { parseFunctionName } from "../function/function-name.js";
import { keyOf } from "../function/lookup.js";
import { changedSettings } from "../function/settings.js";
import type { LambdaState } from "../state.js";

export const updateFunctionConfiguration: Handler<"lambda", "UpdateFunctionConfiguration", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call);
  const before = changeableLatest(state, reference);
  checkRevision(input.RevisionId, before.revisionId);
  checkPackage(before.code.kind, input);
  const settings = changedSettings(before.settings, input);
  if (input.Role !== undefined) checkAssumable(input.Role, state);
  const after = updated(before, { settings }, state);
  state.versions.put(keyOf(reference, after.version), after);
  state.activator.begin(reference);
  return describeFunction(after, reference);
};

export const updateFunctionCode: Handler<"lambda", "UpdateFunctionCode", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  const before = changeableLatest(state, reference);
  checkRevision(input.RevisionId, before.revisionId);
  const Architectures = input.Architectures ?? [before.code.architecture];
  const code = codeOf(before.code.kind, { ...input, Architectures }, reference, state);
  const after = updated(before, { code }, state);
  if (input.DryRun) return describeFunction({ ...before, code }, reference);
  const latestOrPublished = state.store.write(() => {
    state.versions.put(keyOf(reference, after.version), after);
    return input.Publish ? publish(state, reference, after, undefined) : after;
  });
  state.activator.begin(reference);
  return describeFunction(latestOrPublished, reference);
};
