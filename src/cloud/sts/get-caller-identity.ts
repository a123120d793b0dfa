import type { Handler } from "../protocol/operation.js";
import type { StsState } from "./state.js";

/** Says who the caller is: the role session whose credentials signed the request, else the account's root user. */
export const getCallerIdentity: Handler<"sts", "GetCallerIdentity", StsState> = (_input, { sessions }, call) => {
  const session = call.accessKeyId === undefined ? undefined : sessions.find(call.accessKeyId);
  return session
    ? { UserId: session.userId, Account: session.account, Arn: session.arn }
    : { UserId: call.account, Account: call.account, Arn: `arn:aws:iam::${call.account}:root` };
};
