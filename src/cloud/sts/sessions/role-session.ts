import type { Session } from "./session-store.js";

const roleArnPattern = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/**
 * The session of a role: `arn:aws:sts::000000000000:assumed-role/NAME/SESSION`, without the role's path.
 * @throws TypeError for an ARN that is not a role's
 */
export function roleSession(
  { arn, id }: { readonly arn: string; readonly id: string },
  sessionName: string,
  expires: Date,
): Session {
  const [, account, name] = roleArnPattern.exec(arn) ?? [];
  if (account === undefined || name === undefined) throw new TypeError(`Not the ARN of a role: ${arn}`);
  return {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
    userId: `${id}:${sessionName}`,
    expires,
  };
}
