import type { RunningService, Surroundings } from "../service.js";
import { getCallerIdentity } from "./get-caller-identity.js";
import { createSessionStore } from "./session-store.js";
import type { StsState } from "./state.js";

/** What STS gives the rest of the cloud beside its API. */
export interface StsDoors {
  /** The account of credentials that STS issued; undefined for all others. */
  readonly accountOf: (accessKeyId: string) => string | undefined;
}

export function createSts({ store, clock, random }: Surroundings): RunningService<"sts", StsState> & StsDoors {
  const sessions = createSessionStore(store, clock, random);
  return {
    service: { name: "sts", operations: { GetCallerIdentity: getCallerIdentity }, state: { sessions, clock } },
    accountOf: (accessKeyId) => sessions.find(accessKeyId)?.account,
  };
}
