import type { Handler } from "../protocol/operation.js";
import { checkRevision, notFound } from "./function/errors.js";
import { parseFunctionName } from "./function/function-name.js";
import { policyKey } from "./policy/place.js";
import type { LambdaState } from "./state.js";

export const removePermission: Handler<"lambda", "RemovePermission", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  const key = policyKey(state, reference);
  const before = state.policies.get(key);
  if (!before) throw notFound("No policy is associated with the given resource.");
  checkRevision(input.RevisionId, before.revisionId);
  const statements = before.statements.filter(({ Sid }) => Sid !== input.StatementId);
  if (statements.length === before.statements.length) {
    throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
  }
  if (statements.length === 0) state.policies.remove(key);
  else state.policies.put(key, { statements, revisionId: state.newId() });
  return {};
};
