import { pageOf } from "../pagination.js";
import { badRequest } from "./errors.js";

/** AWS returns 25 items when the caller sets no limit, and never more than 500. */
const limitDefault = 25;
const limitMax = 500;

/**
 * One page of the items, in the order of their keys, which must all be different.
 * @throws AwsError BadRequestException
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { position, limit = limitDefault }: { readonly position?: string | undefined; readonly limit?: number | undefined },
): { items: T[]; position: string | undefined } {
  if (position !== undefined && !isToken(position)) throw badRequest("Invalid position parameter specified");
  const itemsMax = Math.min(Math.max(limit, 1), limitMax);
  const { items: found, next } = pageOf(items, keyOf, { token: position, itemsMax });
  return { items: [...found], position: next };
}

/** Whether the string decodes as a key: base64url of UTF-8. */
function isToken(position: string): boolean {
  return Buffer.from(Buffer.from(position, "base64url").toString()).toString("base64url") === position;
}
