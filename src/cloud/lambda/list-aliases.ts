import type { Handler } from "../protocol/operation.js";
import { describeAlias } from "./function/alias.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction, keyOf } from "./function/lookup.js";
import { pageOf } from "./function/pages.js";
import type { LambdaState } from "./state.js";

/** All aliases of a function, or those that lead to one version. */
export const listAliases: Handler<"lambda", "ListAliases", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  const wanted = state.aliases
    .list(keyOf(reference))
    .map(({ document }) => document)
    .filter(
      ({ version, weights }) =>
        input.FunctionVersion === undefined || version === input.FunctionVersion || input.FunctionVersion in weights,
    );
  const { items, NextMarker } = pageOf(wanted, input);
  return { Aliases: items.map((alias) => describeAlias(alias, reference)), NextMarker };
};
