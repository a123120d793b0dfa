import type { Key } from "../../store/store.js";
import { functionNotFound, invalidParameter } from "../function/errors.js";
import { type FunctionReference, latest } from "../function/function-name.js";
import { findFunction, findVersion, keyOf } from "../function/lookup.js";
import type { LambdaState } from "../state.js";

/**
 * Where the policy of a function, a version or an alias is kept; each of them has its own.
 * @throws AwsError ResourceNotFoundException, InvalidParameterValueException for $LATEST, which has none
 */
export function policyKey(
  state: Pick<LambdaState, "functions" | "versions" | "aliases">,
  reference: FunctionReference,
): Key {
  if (reference.qualifier === latest)
    throw invalidParameter("We currently do not support adding policies for $LATEST.");
  findFunction(state, reference);
  if (!findVersion(state, reference)) throw functionNotFound(reference);
  return keyOf(reference, reference.qualifier ?? "");
}
