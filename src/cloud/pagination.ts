/** One page of a list, and where the next begins. */
export interface Page<T> {
  readonly items: readonly T[];
  /** undefined on the last page. */
  readonly next: string | undefined;
}

export interface PageRequest {
  /** The `next` of the page before; undefined for the first page. */
  readonly token: string | undefined;
  readonly itemsMax: number;
  /** Whether the items come from the greatest key down. */
  readonly descending?: boolean;
}

/**
 * A page of `items` in the order of their keys, which are all different. A token names the last key that was given, so that what is made or
 * removed between two requests neither repeats nor hides another item.
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { token, itemsMax, descending = false }: PageRequest,
): Page<T> {
  const given = token === undefined ? undefined : Buffer.from(token, "base64url").toString();
  const left = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => given === undefined || (descending ? key < given : key > given))
    .sort((a, b) => (a.key < b.key === descending ? 1 : -1));
  const page = left.slice(0, itemsMax);
  const last = left.length > page.length ? page.at(-1)?.key : undefined;
  return {
    items: page.map(({ item }) => item),
    next: last === undefined ? undefined : Buffer.from(last).toString("base64url"),
  };
}
