import { createHash } from "node:crypto";
import type { Signature } from "../model/index.js";
import { namesOf, type Place } from "./names.js";
import { describe, openApi } from "./openapi/document.js";
import type { ErrorWords } from "./openapi/integration.js";
import type { Spec } from "./spec.js";
import type { Wanted, WantedImage } from "./wanted.js";

/** Lambda's limit of a function's description, in characters. */
const descriptionLengthMax = 256;

/** Everything that a deployment of this model should be, in this place. */
export function want(spec: Spec, signature: Signature, image: WantedImage, place: Place, words: ErrorWords): Wanted {
  const names = namesOf(spec.name, place);
  const api = openApi(spec, signature, names, place, words);
  const digest = createHash("sha256").update(api.document).update("\0").update(api.requestModel.schema).digest("hex");
  const apiDigest = digest.slice(0, 12);
  const ending = `; api ${apiDigest}`;
  const description = describe(signature).slice(0, descriptionLengthMax - ending.length) + ending;
  return { spec, names, image, api, apiDigest, description };
}

/** The digest of the API that a version of the function was published with; undefined for a version that is not ours. */
export function apiDigestOf(description: string | undefined): string | undefined {
  return description?.match(/; api ([0-9a-f]{12})$/)?.[1];
}

/** What the model is, from a function's description. */
export function modelOf(description: string | undefined): string {
  return (description ?? "").replace(/; api [0-9a-f]{12}$/, "");
}
