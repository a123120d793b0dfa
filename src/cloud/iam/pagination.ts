import { type PageSizes, paginate } from "../pagination.js";
import { checkNumber, validationError } from "../protocol/constraint.js";

const sizes: PageSizes = {
  itemsDefault: 100,
  itemsMax: 1000,
  invalidLimit: (found, max) => validationError("ValidationError", checkNumber("maxItems", found, { min: 1, max })),
};

/** One page of a list of IAM. @throws AwsError ValidationError */
export function iamPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { Marker, MaxItems }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): { readonly items: T[]; readonly IsTruncated: boolean; readonly Marker: string | undefined } {
  const page = paginate(items, keyOf, sizes, { token: Marker, limit: MaxItems });
  return { items: [...page.items], IsTruncated: page.nextToken !== undefined, Marker: page.nextToken };
}
