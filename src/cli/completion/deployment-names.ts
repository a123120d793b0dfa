// The names of local deployments for completion, which must take no longer than a keystroke: one request without the
// AWS SDK, whose clients need a third of a second to load.

import { localRegion } from "../target-args.js";

/** The tag by which deployments are found; deploy/names.ts defines it. */
const deploymentTag = "tepal:deployment";
const responseMsMax = 1_000;

/** Sorted. None if no cloud is running: completion has nothing to say about that. */
export async function localDeploymentNames(port: number, region = localRegion): Promise<string[]> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/restapis?limit=500`, {
      // The local cloud does not check signatures: they only say which API and region is meant.
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/apigateway/aws4_request, SignedHeaders=host, Signature=0`,
      },
      signal: AbortSignal.timeout(responseMsMax),
    });
    return namesIn(await response.json()).sort();
  } catch {
    return [];
  }
}

function namesIn(response: unknown): string[] {
  if (typeof response !== "object" || response === null || !("item" in response)) return [];
  const items: unknown = response.item;
  return Array.isArray(items) ? items.flatMap((item) => nameOf(item) ?? []) : [];
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("tags" in item)) return undefined;
  const { tags } = item;
  const name: unknown =
    typeof tags === "object" && tags !== null && deploymentTag in tags ? tags[deploymentTag] : undefined;
  return typeof name === "string" ? name : undefined;
}
