import type { Handler } from "../protocol/operation.js";
import { checkAliasVersion, describeAlias, existingAlias, weightsOf } from "./function/alias.js";
import type { AliasDocument } from "./function/documents.js";
import { checkRevision } from "./function/errors.js";
import { parseFunctionName } from "./function/function-name.js";
import { checkDescription } from "./function/limits.js";
import { findFunction, keyOf } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

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
