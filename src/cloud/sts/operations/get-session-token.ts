import { checkNumber, rejectViolations } from "../../protocol/constraint.js";
import type { Handler } from "../../protocol/operation.js";
import { callerOf, describeCredentials } from "../sessions/session-store.js";
import type { StsState } from "../state.js";

const secondsRule = { min: 900, max: 129_600 };
const secondsDefault = 43_200;

/** Temporary credentials with the caller's own identity. */
export const getSessionToken: Handler<"sts", "GetSessionToken", StsState> = (input, { sessions, clock }, call) => {
  const { DurationSeconds: seconds = secondsDefault } = input;
  rejectViolations("ValidationError", checkNumber("durationSeconds", seconds, secondsRule));
  const expires = new Date(clock.nowMs() + seconds * 1000);
  return { Credentials: describeCredentials(sessions.issue({ ...callerOf(sessions, call), expires })) };
};
