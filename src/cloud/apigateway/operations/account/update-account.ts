import { applyPatch, listingMessages, type PatchRow } from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { accountOf } from "./account.js";

const rows: readonly PatchRow<{ readonly cloudwatchRoleArn?: string }>[] = [
  {
    path: "/cloudwatchRoleArn",
    replace: (account, arn) => ({ ...account, cloudwatchRoleArn: arn || undefined }),
    remove: (account) => ({ ...account, cloudwatchRoleArn: undefined }),
  },
];

export const updateAccount: ApiGatewayOperation<"UpdateAccount"> = (
  { patchOperations },
  state,
  { account, region },
) => {
  const before = state.accounts.get([account, region]) ?? {};
  const after = applyPatch(before, patchOperations, rows, listingMessages, "updateAccountInput");
  state.accounts.put([account, region], after);
  return accountOf(after);
};
