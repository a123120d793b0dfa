// Binary media types of an API. They can be patterns: image/*, and the one for all types.

import { mediaType } from "../../lambda-events/index.js";

export function mediaTypeMatcher(types: readonly string[]): (contentType: string | undefined) => boolean {
  if (types.length === 0) return () => false;
  const exact = new Set(types.map((type) => type.toLowerCase()));
  const prefixes = [...exact].filter((type) => type.endsWith("/*")).map((type) => type.slice(0, -1));
  return (contentType) => {
    const type = mediaType(contentType);
    if (exact.has("*/*")) return true;
    return type !== undefined && (exact.has(type) || prefixes.some((prefix) => type.startsWith(prefix)));
  };
}

/** The first type of an Accept header, which alone decides whether a response is binary. */
export function firstAccepted(accept: string | undefined): string | undefined {
  return accept?.split(",", 1)[0]?.trim();
}
