import { object, optional, parseJson, string } from "../documents.js";
import { ImageError } from "../errors.js";
import type { Credentials } from "./auth.js";

/** The keys that `docker login` uses for Docker Hub. */
const dockerHubKeys = ["https://index.docker.io/v1/", "index.docker.io", "docker.io", "registry-1.docker.io"];

/**
 * The credentials of `docker login` or `podman login` for a registry, from their config file; undefined if it has none.
 * Credentials of helper programs (`credsStore`) are not read.
 * @throws ImageError "image-document-invalid"
 */
export function dockerCredentials(config: Uint8Array, registry: string): Credentials | undefined {
  const { auths } = object(parseJson(config, "container config"), "container config");
  const entries = optional(auths, "auths", object) ?? {};
  const keys = registry === "docker.io" ? dockerHubKeys : [registry, `https://${registry}`, `https://${registry}/`];
  for (const key of keys) {
    const entry = optional(entries[key], `auths.${key}`, object);
    const auth = optional(entry?.auth, `auths.${key}.auth`, string);
    if (auth) return parseAuth(auth, key);
  }
  return undefined;
}

/** Base64 of `user:password`; the password may contain colons. */
function parseAuth(auth: string, key: string): Credentials {
  const decoded = Buffer.from(auth, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon < 1)
    throw new ImageError("image-document-invalid", `auths.${key}.auth is not base64 of a user and a password`);
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
