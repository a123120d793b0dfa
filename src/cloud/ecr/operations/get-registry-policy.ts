import type { Handler } from "../../protocol/operation.js";
import { registryPolicyNotFound } from "../errors.js";
import type { EcrState } from "../state.js";

/** A registry has no policy here: only its own account reaches it. */
export const getRegistryPolicy: Handler<"ecr", "GetRegistryPolicy", EcrState> = (_input, _state, { account }) => {
  throw registryPolicyNotFound(account);
};
