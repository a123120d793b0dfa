import { pageOf } from "../pagination.js";
import { invalidParameter } from "./errors.js";

/** ECR's page: 100 items unless asked for up to 1000. */
const pageItemsDefault = 100;
const pageItemsMax = 1000;

/** One page of items that are in the order of their keys. @throws AwsError InvalidParameterException */
export function ecrPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { maxResults = pageItemsDefault, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  if (!(maxResults >= 1 && maxResults <= pageItemsMax)) {
    throw invalidParameter("maxResults", `must be between 1 and ${pageItemsMax}, found ${maxResults}`);
  }
  const page = pageOf(items, keyOf, { token: nextToken, itemsMax: maxResults });
  return { items: page.items, nextToken: page.next };
}
