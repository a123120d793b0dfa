import type { Handler } from "../../protocol/operation.js";
import { describePolicy, findPolicy } from "../policies/policy.js";
import type { IamState } from "../state.js";

export const getPolicy: Handler<"iam", "GetPolicy", IamState> = ({ PolicyArn }, state, call) => ({
  Policy: describePolicy(findPolicy(state, call, PolicyArn), state, call),
});
