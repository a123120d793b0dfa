import type { Handler } from "../../protocol/operation.js";
import { invalidParameter } from "../errors.js";
import type { LogsState } from "../state.js";
import { findGroup } from "../streams.js";

/** The numbers of days that AWS takes. */
const allowedDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const putRetentionPolicy: Handler<"logs", "PutRetentionPolicy", LogsState> = (input, state, call) => {
  const { retentionInDays: days } = input;
  if (!allowedDays.includes(days)) {
    throw invalidParameter(
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${allowedDays.join(", ")}]`,
    );
  }
  const group = findGroup(state, call, input.logGroupName);
  state.groups.put([call.account, call.region, group.name], { ...group, retentionDays: days });
  return {};
};
