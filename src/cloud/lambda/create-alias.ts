import type { Handler } from "../protocol/operation.js";
import { checkAliasName, checkAliasVersion, describeAlias, weightsOf } from "./function/alias.js";
import type { AliasDocument } from "./function/documents.js";
import { conflict } from "./function/errors.js";
import { functionArn, parseFunctionName } from "./function/function-name.js";
import { checkDescription } from "./function/limits.js";
import { findFunction, keyOf } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

export const createAlias: Handler<"lambda", "CreateAlias", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  const name = checkAliasName(input.Name ?? "");
  findFunction(state, reference);
  const version = checkAliasVersion(state, reference, input.FunctionVersion ?? "");
  if (state.aliases.get(keyOf(reference, name))) {
    throw conflict(`Alias already exists: ${functionArn({ ...reference, qualifier: name })}`);
  }
  const alias: AliasDocument = {
    name,
    version,
    description: checkDescription(input.Description ?? ""),
    weights: weightsOf(input.RoutingConfig, version, state, reference),
    revisionId: state.newId(),
  };
  state.aliases.put(keyOf(reference, name), alias);
  return describeAlias(alias, reference);
};
