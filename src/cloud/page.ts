/** One page of a list, and where the next begins. */
export interface Page<T> {
  readonly items: readonly T[];
  /** undefined on the last page. */
  readonly next: string | undefined;
}

/**
 * A page of `items`, which are in the order of their keys by UTF-16 code units. A token names the last key that was given, so that what
 * is made or removed between two requests neither repeats nor hides another item.
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { token, itemsMax }: { readonly token: string | undefined; readonly itemsMax: number },
): Page<T> {
  const after = token === undefined ? undefined : Buffer.from(token, "base64url").toString();
  const left = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = left.slice(0, itemsMax);
  const last = page.at(-1);
  const more = left.length > page.length && last !== undefined;
  return { items: page, next: more ? Buffer.from(keyOf(last)).toString("base64url") : undefined };
}
