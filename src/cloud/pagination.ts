// Pagination of every list operation. A service's own pagination.ts only maps the names of its members, its sizes and
// its errors.

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The token of the next page; undefined on the last one. */
  readonly nextToken: string | undefined;
}

interface PageRequest {
  /** The token of the page before; undefined for the first page. */
  readonly token: string | undefined;
  /** The number of items that the caller requested. */
  readonly limit: number | undefined;
  /** Whether the page starts at the greatest key. */
  readonly descending?: boolean;
}

export interface PageSizes {
  readonly itemsDefault: number;
  readonly itemsMax: number;
  /**
   * The service's error for a limit that is not between 1 and `itemsMax`. Services without one use the nearest allowed
   * limit.
   */
  readonly invalidLimit?: (limit: number, itemsMax: number) => Error;
  /** The service's error for a token that is not one. Services without one read it as any other. */
  readonly invalidToken?: () => Error;
}

/**
 * A page of `items`, ordered by their keys, which must be different. A token encodes the last key of a page, so that
 * items that are created or deleted between two requests cause no other item to be repeated or skipped.
 * @throws what `invalidLimit` and `invalidToken` return
 */
export function paginate<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { itemsDefault, itemsMax, invalidLimit, invalidToken }: PageSizes,
  { token, limit: requested = itemsDefault, descending = false }: PageRequest,
): Page<T> {
  if (invalidLimit && !(requested >= 1 && requested <= itemsMax)) throw invalidLimit(requested, itemsMax);
  const limit = Math.min(Math.max(requested, 1), itemsMax);
  const after = token === undefined ? undefined : Buffer.from(token, "base64url").toString();
  if (invalidToken && after !== undefined && tokenOf(after) !== token) throw invalidToken();
  const page = itemsAfter(items, keyOf, { after, limit, descending });
  const last = page.isLast ? undefined : page.items.at(-1);
  return { items: page.items, nextToken: last === undefined ? undefined : tokenOf(keyOf(last)) };
}

function tokenOf(key: string): string {
  return Buffer.from(key).toString("base64url");
}

/** Up to `limit` items whose keys come after a key, in the order of their keys. */
export function itemsAfter<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  {
    after,
    limit,
    descending = false,
  }: { readonly after: string | undefined; readonly limit: number; readonly descending?: boolean },
): { readonly items: readonly T[]; readonly isLast: boolean } {
  const left = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || (descending ? key < after : key > after))
    .sort((a, b) => (a.key < b.key === descending ? 1 : -1));
  return { items: left.slice(0, limit).map(({ item }) => item), isLast: left.length <= limit };
}
