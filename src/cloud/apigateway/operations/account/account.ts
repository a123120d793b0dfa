// GetAccount and UpdateAccount: the settings of an account in a region.

import type { Account } from "@aws-sdk/client-api-gateway";
import { applyPatch, listingMessages, type PatchRow } from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";

interface AccountDocument {
  readonly cloudwatchRoleArn?: string;
}

/** AWS's defaults for a new account. They are reported, not enforced. */
const throttleSettings = { burstLimit: 5000, rateLimit: 10000 };

export const getAccount: ApiGatewayOperation<"GetAccount"> = (_input, state, { account, region }) =>
  toAccount(state.accounts.get([account, region]) ?? {});

export const updateAccount: ApiGatewayOperation<"UpdateAccount"> = (
  { patchOperations },
  state,
  { account, region },
) => {
  const before = state.accounts.get([account, region]) ?? {};
  const after = applyPatch(before, patchOperations, rows, listingMessages, "updateAccountInput");
  state.accounts.put([account, region], after);
  return toAccount(after);
};

const rows: readonly PatchRow<AccountDocument>[] = [
  {
    path: "/cloudwatchRoleArn",
    replace: (account, arn) => ({ ...account, cloudwatchRoleArn: arn || undefined }),
    remove: (account) => ({ ...account, cloudwatchRoleArn: undefined }),
  },
];

function toAccount({ cloudwatchRoleArn }: AccountDocument): Account {
  return { cloudwatchRoleArn, throttleSettings, features: ["UsagePlans"], apiKeyVersion: "4" };
}
