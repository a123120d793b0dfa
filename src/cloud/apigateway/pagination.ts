import { badRequest } from "./errors.js";

/** AWS gives 25 items when no limit is asked for, and at most 500. */
const limitDefault = 25;
const limitMax = 500;

/**
 * One page of a list. A position is the id of the last item of the page before.
 * @throws AwsError BadRequestException
 */
export function page<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  { position, limit = limitDefault }: { readonly position?: string | undefined; readonly limit?: number | undefined },
): { items: T[]; position?: string } {
  let start = 0;
  if (position !== undefined) {
    start = items.findIndex((item) => Buffer.from(idOf(item)).toString("base64url") === position) + 1;
    if (start === 0) throw badRequest("Invalid position parameter specified");
  }
  const end = start + Math.min(Math.max(limit, 1), limitMax);
  const found = items.slice(start, end);
  const last = found.at(-1);
  return end < items.length && last !== undefined
    ? { items: found, position: Buffer.from(idOf(last)).toString("base64url") }
    : { items: found };
}
