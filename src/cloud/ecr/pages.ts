import { invalidParameter } from "./errors.js";

/** ECR's page: 100 items unless asked for up to 1000. */
const pageItemsDefault = 100;
const pageItemsMax = 1000;

export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** One page of items that are in the order of their keys. The token is the key after which the next page begins. */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { maxResults = pageItemsDefault, nextToken }: PageRequest,
): { readonly items: T[]; readonly nextToken?: string } {
  if (!(maxResults >= 1 && maxResults <= pageItemsMax)) {
    throw invalidParameter("maxResults", `must be between 1 and ${pageItemsMax}, found ${maxResults}`);
  }
  const after = nextToken === undefined ? undefined : keyOfToken(nextToken);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, maxResults);
  if (page.length === rest.length) return { items: page };
  return { items: page, nextToken: Buffer.from(keyOf(page.at(-1)!)).toString("base64") };
}

function keyOfToken(token: string): string {
  const key = Buffer.from(token, "base64");
  if (key.length === 0 || key.toString("base64") !== token) throw invalidParameter("nextToken", "Invalid token");
  return key.toString();
}
