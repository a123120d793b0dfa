import type { Handler } from "../../protocol/operation.js";
import { describeLocation } from "../code/package.js";
import { describeFunction } from "../function/describe.js";
import { latest, parseFunctionName } from "../function/function-name.js";
import { findFunction, findVersion, versionSortKey, versionsOf } from "../function/lookup.js";
import { lambdaPage } from "../pagination.js";
import type { LambdaState } from "../state.js";

export const getFunction: Handler<"lambda", "GetFunction", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  const { tags, reservedConcurrency } = findFunction(state, reference);
  const version = findVersion(state, reference);
  return {
    Configuration: describeFunction(version, reference, reference.qualifier),
    Code: describeLocation(version.code),
    Tags: Object.keys(tags).length === 0 ? undefined : { ...tags },
    Concurrency: reservedConcurrency === undefined ? undefined : { ReservedConcurrentExecutions: reservedConcurrency },
  };
};

export const getFunctionConfiguration: Handler<"lambda", "GetFunctionConfiguration", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  findFunction(state, reference);
  return describeFunction(findVersion(state, reference), reference, reference.qualifier);
};

/** Lists $LATEST of every function, and with `FunctionVersion: "ALL"` every version too. */
export const listFunctions: Handler<"lambda", "ListFunctions", LambdaState> = (input, state, call) => {
  const { account, region } = call;
  const versions = state.functions
    .list([account, region])
    .flatMap(({ document: { name } }) => versionsOf(state, { account, region, name }))
    .filter(({ version }) => input.FunctionVersion === "ALL" || version === latest);
  const { items, NextMarker } = lambdaPage(versions, versionSortKey, input);
  return {
    Functions: items.map((version) =>
      describeFunction(version, call, input.FunctionVersion === "ALL" ? version.version : undefined),
    ),
    NextMarker,
  };
};
