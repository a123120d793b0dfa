import { type PageSizes, paginate } from "../pagination.js";
import { badRequest } from "./errors.js";

/** AWS returns 25 items when the caller sets no limit, and never more than 500. */
const sizes: PageSizes = {
  itemsDefault: 25,
  itemsMax: 500,
  invalidLimit: () => badRequest("Invalid limit parameter specified"),
};

/**
 * One page of the items, in the order of their keys, which must all be different. AWS adjusts a limit outside its range.
 * @throws AwsError BadRequestException
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { position, limit }: { readonly position?: string | undefined; readonly limit?: number | undefined },
): { items: T[]; position: string | undefined } {
  if (position !== undefined && !isToken(position)) throw badRequest("Invalid position parameter specified");
  const adjusted = limit === undefined ? undefined : Math.min(Math.max(limit, 1), sizes.itemsMax);
  const { items: found, nextToken } = paginate(items, keyOf, sizes, { token: position, limit: adjusted });
  return { items: [...found], position: nextToken };
}

/** Whether the string decodes as a key: base64url of UTF-8. */
function isToken(position: string): boolean {
  return Buffer.from(Buffer.from(position, "base64url").toString()).toString("base64url") === position;
}
