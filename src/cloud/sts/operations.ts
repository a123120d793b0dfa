// The operations of STS that this cloud implements.

import type { Operations } from "../protocol/operation.js";
import { assumeRole } from "./operations/assume-role.js";
import { getCallerIdentity } from "./operations/get-caller-identity.js";
import { getSessionToken } from "./operations/get-session-token.js";
import type { StsState } from "./state.js";

export const operations: Operations<"sts", StsState> = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
  GetSessionToken: getSessionToken,
};
