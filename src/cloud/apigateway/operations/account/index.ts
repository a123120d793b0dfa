import type { ApiGatewayOperations } from "../../state.js";
import { getAccount, updateAccount } from "./account.js";

export const accountOperations = {
  GetAccount: getAccount,
  UpdateAccount: updateAccount,
} satisfies ApiGatewayOperations;
