import { type Page, type PageSizes, paginate } from "../pagination.js";
import { checkNumber, validationError } from "../protocol/constraint.js";

/** AWS's limits of a page: of log groups and log streams, and of log events. */
export const pageItemsMax = 50;
export const eventsMax = 10_000;

const sizes: PageSizes = { itemsDefault: pageItemsMax, itemsMax: pageItemsMax, invalidLimit };

/** One page of log groups or log streams. @throws AwsError InvalidParameterException */
export function logsPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  {
    nextToken,
    limit,
    descending,
  }: {
    readonly nextToken?: string | undefined;
    readonly limit?: number | undefined;
    readonly descending?: boolean | undefined;
  },
): Page<T> {
  return paginate(items, keyOf, sizes, { token: nextToken, limit, descending: descending ?? false });
}

/** The `limit` of a request, or the most that AWS returns. @throws AwsError InvalidParameterException */
export function checkLimit(limit: number | undefined, max: number): number {
  if (limit !== undefined && !(limit >= 1 && limit <= max)) throw invalidLimit(limit, max);
  return limit ?? max;
}

function invalidLimit(limit: number, max: number): Error {
  return validationError("InvalidParameterException", checkNumber("limit", limit, { min: 1, max }));
}
