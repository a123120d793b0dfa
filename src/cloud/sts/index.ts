// STS: who calls, and temporary credentials.

import type { RunningService, ServiceContext } from "../service.js";
import type { Sessions, TrustedRoles } from "../service-interfaces.js";
import { operations } from "./operations.js";
import { roleSession } from "./sessions/role-session.js";
import { createSessionStore } from "./sessions/session-store.js";
import type { StsState } from "./state.js";

/** What STS gives the rest of the cloud beside its API. */
export interface StsDependencies {
  readonly sessions: Sessions;
  /** The account of credentials that STS issued; undefined for all others. */
  readonly accountOf: (accessKeyId: string) => string | undefined;
}

/** Lambda renews an environment's credentials before they end; here they outlive any environment. */
const environmentSessionMs = 36 * 3_600_000;

export function createSts(
  { store, clock, random }: ServiceContext,
  { roles }: { readonly roles: TrustedRoles },
): RunningService<"sts", StsState> & StsDependencies {
  const sessions = createSessionStore(store, clock, random);
  return {
    service: { name: "sts", operations, state: { sessions, roles, clock } },
    accountOf: (accessKeyId) => sessions.find(accessKeyId)?.account,
    sessions: {
      issue(roleArn, sessionName) {
        // A function keeps running for a while when its role is deleted under it.
        const role = roles.find(roleArn) ?? { arn: roleArn, id: "AROAUNKNOWN" };
        return sessions.issue(roleSession(role, sessionName, new Date(clock.nowMs() + environmentSessionMs)));
      },
    },
  };
}
