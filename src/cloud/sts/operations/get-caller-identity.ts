import type { Handler } from "../../protocol/operation.js";
import { callerOf } from "../sessions/session-store.js";
import type { StsState } from "../state.js";

export const getCallerIdentity: Handler<"sts", "GetCallerIdentity", StsState> = (_input, { sessions }, call) => {
  const { account, arn, userId } = callerOf(sessions, call);
  return { UserId: userId, Account: account, Arn: arn };
};
