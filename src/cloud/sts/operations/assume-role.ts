import { AwsError } from "../../protocol/aws-error.js";
import { checkNumber, checkString, rejectViolations } from "../../protocol/constraint.js";
import type { Handler } from "../../protocol/operation.js";
import { roleSession } from "../sessions/role-session.js";
import { callerOf, describeCredentials } from "../sessions/session-store.js";
import type { StsState } from "../state.js";

const sessionNameRule = { charactersMin: 2, charactersMax: 64, pattern: "[\\w+=,.@-]*" };
const secondsRule = { min: 900, max: 43_200 };
const secondsDefault = 3600;

/** Credentials of a role for a caller that its trust policy allows. Services use the interface `Sessions` instead. */
export const assumeRole: Handler<"sts", "AssumeRole", StsState> = (input, { roles, sessions, clock }, call) => {
  const { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: seconds = secondsDefault } = input;
  rejectViolations("ValidationError", [
    ...checkString("roleArn", roleArn, { charactersMin: 20, charactersMax: 2048 }),
    ...checkString("roleSessionName", sessionName, sessionNameRule),
    ...checkNumber("durationSeconds", seconds, secondsRule),
  ]);
  const caller = callerOf(sessions, call);
  const role = roles.find(roleArn);
  // AWS does not reveal whether a role exists.
  if (!role?.assumableByCaller(caller)) {
    throw new AwsError<"sts">(
      "AccessDenied",
      403,
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    );
  }
  if (seconds > role.sessionSecondsMax) {
    const message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    throw new AwsError<"sts">("ValidationError", 400, message);
  }
  const session = roleSession(role, sessionName, new Date(clock.nowMs() + seconds * 1000));
  return {
    Credentials: describeCredentials(sessions.issue(session)),
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
  };
};
