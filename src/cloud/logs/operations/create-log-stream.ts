import type { Handler } from "../../protocol/operation.js";
import { alreadyExists } from "../errors.js";
import { checkGroupName, checkStreamName } from "../names.js";
import type { LogsState } from "../state.js";
import { findGroup, newStream, streamKey } from "../streams.js";

export const createLogStream: Handler<"logs", "CreateLogStream", LogsState> = (input, state, call) => {
  const { logGroupName, logStreamName: name } = input;
  checkGroupName(logGroupName);
  checkStreamName(name);
  const group = findGroup(state, call, logGroupName);
  const key = streamKey(group, name);
  if (state.streams.get(key)) throw alreadyExists("log stream");
  state.streams.put(key, newStream(group, name, state.clock.nowMs()));
  return {};
};
