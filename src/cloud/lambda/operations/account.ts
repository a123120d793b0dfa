import type { Handler } from "../../protocol/operation.js";
import { storedBytesOf } from "../code/package.js";
import { accountConcurrencyMax } from "../invocation/invoker.js";
import type { LambdaState } from "../state.js";

/** AWS's default quotas, and the account's usage. */
export const getAccountSettings: Handler<"lambda", "GetAccountSettings", LambdaState> = (_input, state, call) => {
  const accountRegion = [call.account, call.region];
  const functions = state.functions.list(accountRegion).map(({ document }) => document);
  const reserved = functions.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  const codeBytes = state.versions
    .list(accountRegion)
    .reduce((sum, { document: { code } }) => sum + storedBytesOf(code), 0);
  return {
    AccountLimit: {
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
      ConcurrentExecutions: accountConcurrencyMax,
      UnreservedConcurrentExecutions: accountConcurrencyMax - reserved,
    },
    AccountUsage: { TotalCodeSize: codeBytes, FunctionCount: functions.length },
  };
};
