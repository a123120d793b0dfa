import { pageOf } from "../pagination.js";
import { checkNumber, refuseViolations } from "../protocol/constraint.js";

/** AWS's own: 100 items unless the caller says otherwise, and never more than 1000. */
const itemsDefault = 100;
const itemsRule = { min: 1, max: 1000 };

/** A page as IAM's List operations give it. @throws AwsError ValidationError */
export function listPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { Marker, MaxItems }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): { readonly items: T[]; readonly IsTruncated: boolean; readonly Marker: string | undefined } {
  refuseViolations("ValidationError", checkNumber("maxItems", MaxItems, itemsRule));
  const page = pageOf(items, keyOf, { token: Marker, itemsMax: MaxItems ?? itemsDefault });
  return { items: [...page.items], IsTruncated: page.next !== undefined, Marker: page.next };
}
