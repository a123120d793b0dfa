import { type PageSizes, paginate } from "../pagination.js";
import { invalidParameter } from "./errors.js";

const sizes: PageSizes = {
  itemsDefault: 100,
  itemsMax: 1000,
  invalidLimit: (found, max) => invalidParameter("maxResults", `must be between 1 and ${max}, found ${found}`),
};

/** One page of a list of ECR. @throws AwsError InvalidParameterException */
export function ecrPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { maxResults, nextToken }: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  return paginate(items, keyOf, sizes, { token: nextToken, limit: maxResults });
}
