// What clients can learn of a model: `GET /openapi.json` and `GET /model`.

import { infoPaths, modelInfo, openApiDocument, type Security } from "../../contract/index.js";
import { isObject, type JsonObject } from "../json.js";
import type { Served } from "./respond.js";

/** Where the model is served, as far as the function knows it. */
interface Place {
  readonly title?: string;
  readonly route?: string;
  readonly security?: Security | undefined;
}

/** The path of predictions on the server and in the events of function URLs. */
export const predictPath = "/predict";

/**
 * The answer to the event `{"tepal": {"get": "/openapi.json", ...}}`, which API Gateway sends: it alone knows the API's
 * route and authorization.
 * @returns JSON
 */
export async function describeModel({ get, title, route, security }: JsonObject, served: Served): Promise<string> {
  if (get === infoPaths.model) return modelText(served);
  return openApiText(served, {
    ...(typeof title === "string" && { title }),
    ...(typeof route === "string" && route.startsWith("/") && { route }),
    security: isSecurity(security) ? security : undefined,
  });
}

function isSecurity(value: unknown): value is Security {
  return isObject(value) && isObject(value.schemes) && isObject(value.requirement);
}

/** The server's address is relative to the address of the document, which clients know and the function does not. */
export function openApiText(
  { model, about }: Served,
  { title = about.name, route = predictPath, security }: Place,
): string {
  const contract = { title, route, version: about.release ?? "1", server: ".", ...(security && { security }) };
  return JSON.stringify(openApiDocument(contract, { kind: "model", signature: model.signature }));
}

export async function modelText({ model, about }: Served): Promise<string> {
  const { name, tepal, release = null } = about;
  return modelInfo({ name, tepal, release, files: await about.files() }, model.signature);
}
