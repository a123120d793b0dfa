// Authorizes requests by the token of GetAuthorizationToken, as `docker login` with the user AWS sends it.

import type { HttpRequestHead } from "../../http.js";
import type { AccountRegion } from "../../service-interfaces.js";
import type { EcrState } from "../state.js";
import type { CheckedToken } from "../tokens.js";
import { RegistryError } from "./errors.js";

const user = "AWS";

/**
 * The account and region whose repositories a request is for: they are in its token, not in its path.
 * @param blob "repository@digest" of the requested blob, to which the token of a download URL gives access too
 * @throws RegistryError UNAUTHORIZED without a valid token, DENIED with an expired one
 */
export function authorize(
  { tokens, publicHost }: EcrState,
  { headers, query }: HttpRequestHead,
  blob: string | undefined,
): AccountRegion {
  const download = blob === undefined ? null : new URLSearchParams(query).get("token");
  const token = download ?? passwordOf(headers.authorization);
  const checked: CheckedToken =
    token === undefined ? { status: "invalid" } : tokens.verify(token, download === null ? undefined : blob);
  switch (checked.status) {
    case "valid":
      return checked.accountRegion;
    case "expired":
      throw new RegistryError("DENIED", "Your authorization token has expired. Reauthenticate and try again.");
    case "invalid":
      throw new RegistryError("UNAUTHORIZED", token === undefined ? "no basic auth credentials" : "Not Authorized", {
        "www-authenticate": `Basic realm="http://${publicHost()}/",service="ecr.amazonaws.com"`,
      });
  }
}

/** The password of Basic credentials (RFC 7617) of ECR's only user. */
function passwordOf(authorization: string | undefined): string | undefined {
  const encoded = /^basic +([a-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [name, ...password] = Buffer.from(encoded, "base64").toString().split(":");
  return name === user ? password.join(":") : "";
}
