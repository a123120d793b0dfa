import type { Handler } from "../protocol/operation.js";
import { describeFunction } from "./function/describe.js";
import { latest } from "./function/function-name.js";
import { versionsOf } from "./function/lookup.js";
import { pageOf } from "./function/pages.js";
import type { LambdaState } from "./state.js";

/** The $LATEST of every function; with `FunctionVersion: "ALL"` every version too. */
export const listFunctions: Handler<"lambda", "ListFunctions", LambdaState> = (input, state, call) => {
  const { account, region } = call;
  const versions = state.functions
    .list([account, region])
    .flatMap(({ document: { name } }) => versionsOf(state, { account, region, name }))
    .filter(({ version }) => input.FunctionVersion === "ALL" || version === latest);
  const { items, NextMarker } = pageOf(versions, input);
  return {
    Functions: items.map((version) =>
      describeFunction(version, call, input.FunctionVersion === "ALL" ? version.version : undefined),
    ),
    NextMarker,
  };
};
