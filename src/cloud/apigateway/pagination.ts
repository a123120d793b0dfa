import { type PageSizes, paginate } from "../pagination.js";
import { badRequest } from "./errors.js";

/** AWS returns 25 items when the caller sets no limit, and never more than 500. */
const sizes: PageSizes = {
  itemsDefault: 25,
  itemsMax: 500,
  invalidToken: () => badRequest("Invalid position parameter specified"),
};

/**
 * One page of the items, in the order of their keys, which must all be different.
 * @throws AwsError BadRequestException
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { position, limit }: { readonly position?: string | undefined; readonly limit?: number | undefined },
): { items: T[]; position: string | undefined } {
  const { items: found, nextToken } = paginate(items, keyOf, sizes, { token: position, limit });
  return { items: [...found], position: nextToken };
}
