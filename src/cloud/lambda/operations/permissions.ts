import type { Handler } from "../../protocol/operation.js";
import type { Key } from "../../store/store.js";
import { checkRevision, conflict, functionNotFound, invalidParameter, notFound } from "../function/errors.js";
import { type FunctionReference, functionArn, latest, parseFunctionName } from "../function/function-name.js";
import { findFunction, findVersion, keyOf } from "../function/lookup.js";
import { statementOf } from "../policy/statement.js";
import type { LambdaState } from "../state.js";

export const addPermission: Handler<"lambda", "AddPermission", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  const statement = statementOf(input, functionArn(reference));
  const key = policyKey(state, reference);
  const before = state.policies.get(key);
  if (before) checkRevision(input.RevisionId, before.revisionId);
  const statements = before?.statements ?? [];
  if (statements.some(({ Sid }) => Sid === statement.Sid)) {
    throw conflict(
      `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  state.policies.put(key, { statements: [...statements, statement], revisionId: state.newId() });
  return { Statement: JSON.stringify(statement) };
};

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

export const getPolicy: Handler<"lambda", "GetPolicy", LambdaState> = (input, state, call) => {
  const found = state.policies.get(policyKey(state, parseFunctionName(input.FunctionName, call, input.Qualifier)));
  if (!found) throw notFound("The resource you requested does not exist.");
  return {
    Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: found.statements }),
    RevisionId: found.revisionId,
  };
};

/**
 * The key of the policy of a function, a version or an alias: each of them has its own policy.
 * @throws AwsError ResourceNotFoundException, InvalidParameterValueException for $LATEST, which cannot have a policy
 */
function policyKey(state: Pick<LambdaState, "functions" | "versions" | "aliases">, reference: FunctionReference): Key {
  if (reference.qualifier === latest)
    throw invalidParameter("We currently do not support adding policies for $LATEST.");
  findFunction(state, reference);
  if (!findVersion(state, reference)) throw functionNotFound(reference);
  return keyOf(reference, reference.qualifier ?? "");
}
