import type { Call, Handler } from "../../protocol/operation.js";
import type { SessionStore } from "../sessions/session-store.js";
import type { StsState } from "../state.js";

export const getCallerIdentity: Handler<"sts", "GetCallerIdentity", StsState> = (_input, { sessions }, call) => {
  const { account, arn, userId } = callerOf(sessions, call);
  return { UserId: userId, Account: account, Arn: arn };
};

export interface Caller {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/** Who calls: the session whose credentials signed the request, else the account's root user. */
export function callerOf(sessions: SessionStore, { accessKeyId, account }: Call): Caller {
  const session = accessKeyId === undefined ? undefined : sessions.find(accessKeyId);
  if (!session) return { account, arn: `arn:aws:iam::${account}:root`, userId: account };
  return { account: session.account, arn: session.arn, userId: session.userId };
}
