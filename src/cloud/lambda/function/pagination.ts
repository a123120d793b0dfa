import { constraintViolated, invalidParameter } from "./errors.js";

export interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** The largest page of most lists of Lambda. */
const pageItems = 50;
const maxItemsMax = 10_000;

/** One page of items; the marker is the position of the next one. @throws AwsError InvalidParameterValueException, ValidationException */
export function pageOf<T>(
  items: readonly T[],
  { Marker, MaxItems = pageItems }: PageRequest,
): { items: T[]; NextMarker?: string } {
  if (!(MaxItems >= 1 && MaxItems <= maxItemsMax)) {
    throw constraintViolated("maxItems", MaxItems, `Member must have value between 1 and ${maxItemsMax}`);
  }
  if (Marker !== undefined && !/^\d{1,9}$/.test(Marker)) throw invalidParameter("Invalid marker");
  const start = Number(Marker ?? 0);
  const end = start + Math.min(MaxItems, pageItems);
  return { items: items.slice(start, end), NextMarker: end < items.length ? String(end) : undefined };
}
