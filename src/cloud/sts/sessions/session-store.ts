import type * as Sts from "@aws-sdk/client-sts";
import type { Clock } from "../../../base/index.js";
import type { Call } from "../../protocol/operation.js";
import { randomString } from "../../random.js";
import type { Collection, Store } from "../../store/store.js";

/** The identity behind temporary credentials. */
export interface Session {
  readonly account: string;
  /** `arn:aws:sts::000000000000:assumed-role/tepal-iris/session` */
  readonly arn: string;
  /** `AROA...:session` */
  readonly userId: string;
  readonly expires: Date;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expires: Date;
}

/** The temporary credentials that this cloud has issued. Only the key id is stored: signatures are not verified. */
export interface SessionStore {
  issue(session: Session): Credentials;
  /** undefined for an unknown or expired key. */
  find(accessKeyId: string): Session | undefined;
}

/** The format of AWS's key ids: ASIA for temporary ones, and base-32 digits. */
const keyPrefix = "ASIA";
const keyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const keyCharacters = 16;
const secretBytes = 30;
const tokenBytes = 240;
/** Expired sessions are deleted at most this often. */
const sweepEveryMs = 3_600_000;

export function createSessionStore(store: Store, clock: Clock, random: (bytes: number) => Uint8Array): SessionStore {
  const sessions: Collection<Session> = store.collection("sts-sessions");
  let nextSweepMs = 0;

  const sweep = () => {
    nextSweepMs = clock.nowMs() + sweepEveryMs;
    store.write(() => {
      for (const { key, document } of sessions.list([])) if (hasExpired(document)) sessions.remove(key);
    });
  };
  const hasExpired = ({ expires }: Session) => expires.getTime() <= clock.nowMs();

  return {
    issue(session) {
      if (clock.nowMs() >= nextSweepMs) sweep();
      const accessKeyId = keyPrefix + randomString(random, keyAlphabet, keyCharacters);
      sessions.put([accessKeyId], session);
      return {
        accessKeyId,
        secretAccessKey: base64(random(secretBytes)),
        sessionToken: base64(random(tokenBytes)),
        expires: session.expires,
      };
    },
    find(accessKeyId) {
      const session = sessions.get([accessKeyId]);
      return session && !hasExpired(session) ? session : undefined;
    },
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

export function describeCredentials(credentials: Credentials): Sts.Credentials {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: credentials.expires,
  };
}

interface Caller {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/** The caller's identity: the session whose credentials signed the request, else the account's root user. */
export function callerOf(sessions: SessionStore, { accessKeyId, account }: Call): Caller {
  const session = accessKeyId === undefined ? undefined : sessions.find(accessKeyId);
  if (!session) return { account, arn: `arn:aws:iam::${account}:root`, userId: account };
  return { account: session.account, arn: session.arn, userId: session.userId };
}
