// Who may come in: whoever shows a token of GetAuthorizationToken, as `docker login` with the user AWS does.

import type { HttpRequestHead } from "../../http.js";
import type { Place } from "../../service-interfaces.js";
import type { EcrState } from "../state.js";
import type { Verdict } from "../tokens.js";
import { RegistryError } from "./errors.js";

const user = "AWS";

/**
 * The account and region whose repositories a request means: its token says so, the addresses do not.
 * @param blob "repository@digest" of the blob that is asked for, which the token of a download address opens too
 */
export function placeOf(
  { tokens, publicHost }: EcrState,
  { headers, query }: HttpRequestHead,
  blob: string | undefined,
): Place {
  const download = blob === undefined ? null : new URLSearchParams(query).get("token");
  const token = download ?? passwordOf(headers.authorization);
  const judged: Verdict =
    token === undefined ? { verdict: "wrong" } : tokens.verify(token, download === null ? undefined : blob);
  switch (judged.verdict) {
    case "valid":
      return judged.place;
    case "expired":
      throw new RegistryError("DENIED", "Your authorization token has expired. Reauthenticate and try again.");
    case "wrong":
      throw new RegistryError("UNAUTHORIZED", token === undefined ? "no basic auth credentials" : "Not Authorized", {
        "www-authenticate": `Basic realm="http://${publicHost()}/",service="ecr.amazonaws.com"`,
      });
  }
}

/** The password of Basic credentials (RFC 7617) of ECR's one user. */
function passwordOf(authorization: string | undefined): string | undefined {
  const encoded = /^basic +([a-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [name, ...password] = Buffer.from(encoded, "base64").toString().split(":");
  return name === user ? password.join(":") : "";
}
