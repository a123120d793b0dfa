import type { Clock } from "../../base/index.js";
import type { TrustedRoles } from "../service-interfaces.js";
import type { SessionStore } from "./sessions/session-store.js";

/** The state that STS's operations work on. */
export interface StsState {
  readonly sessions: SessionStore;
  readonly roles: TrustedRoles;
  readonly clock: Clock;
}
