import type { Handler } from "../protocol/operation.js";
import { notFound } from "./function/errors.js";
import { parseFunctionName } from "./function/function-name.js";
import { policyKey } from "./policy/place.js";
import type { LambdaState } from "./state.js";

export const getPolicy: Handler<"lambda", "GetPolicy", LambdaState> = (input, state, call) => {
  const found = state.policies.get(policyKey(state, parseFunctionName(input.FunctionName, call, input.Qualifier)));
  if (!found) throw notFound("The resource you requested does not exist.");
  return {
    Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: found.statements }),
    RevisionId: found.revisionId,
  };
};
