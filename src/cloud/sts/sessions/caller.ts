import type { Call } from "../../protocol/operation.js";
import type { SessionStore } from "./session-store.js";

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
