import { type PageSizes, paginate } from "../pagination.js";
import { constraintViolated, invalidParameter } from "./function/errors.js";

/** A request may have `MaxItems` up to 10,000, but a page has at most 50 items. */
const sizes: PageSizes = {
  itemsDefault: 50,
  itemsMax: 50,
  invalidToken: () => invalidParameter("Invalid marker"),
};
const maxItemsMax = 10_000;

/**
 * One page of a list of Lambda.
 * @throws AwsError InvalidParameterValueException, ValidationException
 */
export function lambdaPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { Marker, MaxItems }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): { readonly items: readonly T[]; readonly NextMarker: string | undefined } {
  if (MaxItems !== undefined && !(MaxItems >= 1 && MaxItems <= maxItemsMax)) {
    throw constraintViolated("maxItems", MaxItems, `Member must have value between 1 and ${maxItemsMax}`);
  }
  const page = paginate(items, keyOf, sizes, { token: Marker, limit: MaxItems });
  return { items: page.items, NextMarker: page.nextToken };
}
