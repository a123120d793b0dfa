import type { ApiGatewayOperation } from "../../state.js";
import { accountOf } from "./account.js";

export const getAccount: ApiGatewayOperation<"GetAccount"> = (_input, state, { account, region }) =>
  accountOf(state.accounts.get([account, region]) ?? {});
