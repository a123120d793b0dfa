import type { Handler } from "../../protocol/operation.js";
import type { EcrState } from "../state.js";
import { tokenLifetimeMs } from "../tokens.js";

/** The token says account and region: the registry's addresses do not. */
export const getAuthorizationToken: Handler<"ecr", "GetAuthorizationToken", EcrState> = (
  _input,
  { tokens, publicHost },
  call,
) => {
  const { token, expiresMs } = tokens.issue(call, tokenLifetimeMs);
  return {
    authorizationData: [
      {
        authorizationToken: Buffer.from(`AWS:${token}`).toString("base64"),
        expiresAt: new Date(expiresMs),
        proxyEndpoint: `http://${publicHost()}`,
      },
    ],
  };
};
