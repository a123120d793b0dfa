import type * as Sts from "@aws-sdk/client-sts";
import type { Credentials } from "./session-store.js";

export function describeCredentials(credentials: Credentials): Sts.Credentials {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: credentials.expires,
  };
}
