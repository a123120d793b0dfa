// STS: the caller's identity, and temporary credentials.

import type { RunningService, ServiceContext } from "../service.js";
import type { Sessions, TrustedRoles } from "../service-interfaces.js";
import { operations } from "./operations.js";
import { roleSession } from "./sessions/role-session.js";
import { createSessionStore } from "./sessions/session-store.js";
import type { StsState } from "./state.js";

/** What STS provides to the rest of the cloud beside its API. */
interface StsInterfaces {
  readonly sessions: Sessions;
  /** The account of temporary credentials; undefined for every other access key. */
  readonly accountOf: (accessKeyId: string) => string | undefined;
}

/** Lambda renews an environment's credentials before they expire; here they outlive every environment. */
const environmentSessionMs = 36 * 3_600_000;

export function createSts(
  { store, clock, random }: ServiceContext,
  { roles }: { readonly roles: TrustedRoles },
): RunningService<"sts", StsState> & StsInterfaces {
  const sessions = createSessionStore(store, clock, random);
  return {
    service: { name: "sts", operations, state: { sessions, roles, clock } },
    accountOf: (accessKeyId) => sessions.find(accessKeyId)?.account,
    sessions: {
      issue(roleArn, sessionName) {
        // A function can still be running after its role was deleted.
        const role = roles.find(roleArn) ?? { arn: roleArn, id: "AROAUNKNOWN" };
        return sessions.issue(roleSession(role, sessionName, new Date(clock.nowMs() + environmentSessionMs)));
      },
    },
  };
}
