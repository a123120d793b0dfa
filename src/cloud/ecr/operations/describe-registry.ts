import type { Handler } from "../../protocol/operation.js";
import type { EcrState } from "../state.js";

export const describeRegistry: Handler<"ecr", "DescribeRegistry", EcrState> = (_input, _state, { account }) => ({
  registryId: account,
  replicationConfiguration: { rules: [] },
});
