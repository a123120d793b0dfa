import type { Handler } from "../protocol/operation.js";
import { describeFunction } from "./function/describe.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction, versionsOf } from "./function/lookup.js";
import { pageOf } from "./function/pages.js";
import type { LambdaState } from "./state.js";

export const listVersionsByFunction: Handler<"lambda", "ListVersionsByFunction", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  const { items, NextMarker } = pageOf(versionsOf(state, reference), input);
  return { Versions: items.map((version) => describeFunction(version, reference, version.version)), NextMarker };
};
