import type { Handler } from "../../protocol/operation.js";
import { checkAliasName, checkAliasVersion, describeAlias, existingAlias, weightsOf } from "../function/alias.js";
import type { AliasDocument } from "../function/documents.js";
import { checkRevision, conflict } from "../function/errors.js";
import { functionArn, parseFunctionName } from "../function/function-name.js";
import { checkDescription } from "../function/limits.js";
import { findFunction, keyOf } from "../function/lookup.js";
import { lambdaPage } from "../pagination.js";
import type { LambdaState } from "../state.js";

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

export const updateAlias: Handler<"lambda", "UpdateAlias", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  const before = existingAlias(state, reference, input.Name ?? "");
  checkRevision(input.RevisionId, before.revisionId);
  const version = checkAliasVersion(state, reference, input.FunctionVersion ?? before.version);
  const routing = input.RoutingConfig ?? { AdditionalVersionWeights: before.weights };
  const after: AliasDocument = {
    name: before.name,
    version,
    description: checkDescription(input.Description ?? before.description),
    weights: weightsOf(routing, version, state, reference),
    revisionId: state.newId(),
  };
  state.aliases.put(keyOf(reference, after.name), after);
  return describeAlias(after, reference);
};

export const getAlias: Handler<"lambda", "GetAlias", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  return describeAlias(existingAlias(state, reference, input.Name ?? ""), reference);
};

/** Lists the aliases of a function, or those of one of its versions. */
export const listAliases: Handler<"lambda", "ListAliases", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  const aliases = state.aliases
    .list(keyOf(reference))
    .map(({ document }) => document)
    .filter(
      ({ version, weights }) =>
        input.FunctionVersion === undefined || version === input.FunctionVersion || input.FunctionVersion in weights,
    );
  const { items, NextMarker } = lambdaPage(aliases, ({ name }) => name, input);
  return { Aliases: items.map((alias) => describeAlias(alias, reference)), NextMarker };
};

/** Deleting an alias that does not exist succeeds. */
export const deleteAlias: Handler<"lambda", "DeleteAlias", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  const name = input.Name ?? "";
  state.store.write(() => {
    state.aliases.remove(keyOf(reference, name));
    state.policies.remove(keyOf(reference, name));
  });
  return {};
};
