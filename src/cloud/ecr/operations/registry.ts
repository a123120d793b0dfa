import type { Handler } from "../../protocol/operation.js";
import { registryPolicyNotFound } from "../errors.js";
import type { EcrState } from "../state.js";
import { tokenLifetimeMs } from "../tokens.js";

export const describeRegistry: Handler<"ecr", "DescribeRegistry", EcrState> = (_input, _state, { account }) => ({
  registryId: account,
  replicationConfiguration: { rules: [] },
});

/** A registry has no policy here: only its own account reaches it. */
export const getRegistryPolicy: Handler<"ecr", "GetRegistryPolicy", EcrState> = (_input, _state, { account }) => {
  throw registryPolicyNotFound(account);
};

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
