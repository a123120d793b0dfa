import type { Handler } from "../protocol/operation.js";
import { checkRevision, conflict } from "./function/errors.js";
import { functionArn, parseFunctionName } from "./function/function-name.js";
import { policyKey } from "./policy/place.js";
import { statementOf } from "./policy/statement.js";
import type { LambdaState } from "./state.js";

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
