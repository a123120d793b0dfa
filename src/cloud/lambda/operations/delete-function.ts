import type { Handler } from "../../protocol/operation.js";
import { conflict, functionNotFound, invalidParameter } from "../function/errors.js";
import { functionArn, latest, parseFunctionName } from "../function/function-name.js";
import { findFunction, isVersionNumber, keyOf } from "../function/lookup.js";
import type { LambdaState } from "../state.js";

/** Deletes a function with all its versions, aliases and policies, or one version. */
export const deleteFunction: Handler<"lambda", "DeleteFunction", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  const { qualifier } = reference;
  findFunction(state, reference);
  if (qualifier === latest) throw invalidParameter("$LATEST version cannot be deleted without deleting the function.");
  if (qualifier !== undefined) {
    if (!isVersionNumber(qualifier)) throw invalidParameter("Deletion of aliases is not currently supported.");
    const key = keyOf(reference, qualifier);
    if (!state.versions.get(key)) throw functionNotFound(reference);
    const alias = state.aliases
      .list(keyOf(reference))
      .find(({ document: { version, weights } }) => version === qualifier || qualifier in weights);
    if (alias) {
      throw conflict(`Version ${functionArn(reference)} is in use by alias ${alias.document.name}`);
    }
    state.versions.remove(key);
    state.failedStarts.remove(key);
    state.drop(reference, qualifier);
    return { StatusCode: 204 };
  }
  state.store.write(() => {
    for (const collection of [state.versions, state.aliases, state.policies, state.events, state.failedStarts]) {
      for (const key of collection.keys(keyOf(reference))) collection.remove(key);
    }
    state.functions.remove(keyOf(reference));
  });
  state.drop(reference);
  return { StatusCode: 204 };
};
