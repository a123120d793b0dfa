import type { Handler } from "../../protocol/operation.js";
import { registryPolicyNotFound } from "../errors.js";
import type { EcrState } from "../state.js";
import { tokenLifetimeMs } from "../tokens.js";

export const describeRegistry: Handler<"ecr", "DescribeRegistry", EcrState> = (_input, _state, { account }) => ({
  registryId: account,
  replicationConfiguration: { rules: [] },
});

/** A registry has no policy: only its own account can access it. */
export const getRegistryPolicy: Handler<"ecr", "GetRegistryPolicy", EcrState> = (_input, _state, { account }) => {
  throw registryPolicyNotFound(account);
};

/** The token contains account and region, which are not in the registry's paths. */
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
