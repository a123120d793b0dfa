import type { Handler } from "../../protocol/operation.js";
import { changeableLatest, publish } from "../function/changes.js";
import { describeFunction } from "../function/describe.js";
import { checkRevision, invalidParameter } from "../function/errors.js";
import { parseFunctionName } from "../function/function-name.js";
import { findFunction, versionSortKey, versionsOf } from "../function/lookup.js";
import { lambdaPage } from "../pagination.js";
import type { LambdaState } from "../state.js";

export const publishVersion: Handler<"lambda", "PublishVersion", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  const current = changeableLatest(state, reference);
  checkRevision(input.RevisionId, current.revisionId);
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== current.code.sha256) {
    throw invalidParameter(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${current.code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  const published = state.store.write(() => publish(state, reference, current, input.Description));
  state.warm(published, reference);
  return describeFunction(published, reference);
};

export const listVersionsByFunction: Handler<"lambda", "ListVersionsByFunction", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  const { items, NextMarker } = lambdaPage(versionsOf(state, reference), versionSortKey, input);
  return { Versions: items.map((version) => describeFunction(version, reference, version.version)), NextMarker };
};
