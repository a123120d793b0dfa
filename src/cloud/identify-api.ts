// Which service's API a request is for: what the signature says, else the target header, else the path, else the form.

import type { Credential } from "./credential.js";
import type { HttpRequest } from "./http.js";
import { formOf } from "./protocol/aws-query.js";
import { catalog } from "./protocol/catalog.js";
import type { ServiceName } from "./protocol/operation.js";

const names = Object.keys(catalog) as ServiceName[];

/** Paths of requests that are not signed; a service whose operations are all at `/` has none. */
const paths: readonly (readonly [form: RegExp, service: ServiceName])[] = [
  [/^\/20\d\d-\d\d-\d\d\//, "lambda"],
  [
    /^\/(account|apikeys|clientcertificates|domainnames|restapis|sdktypes|tags|usageplans|vpclinks)(\/|$)/,
    "apigateway",
  ],
];

/** The service, or the name of one that this cloud does not have, or undefined when the request is for none. */
export function whichService(
  request: HttpRequest,
  credential: Credential | undefined,
): { readonly service: ServiceName } | { readonly unknown: string } | undefined {
  if (credential) return known(credential.service);
  const target = request.headers["x-amz-target"];
  if (target !== undefined) {
    const prefix = target.split(".")[0]!;
    return known(names.find((name) => catalog[name].target === prefix) ?? prefix);
  }
  const byPath = paths.find(([form]) => form.test(request.path))?.[1];
  if (byPath) return { service: byPath };
  const form = request.path === "/" ? new URLSearchParams(formOf(request)) : undefined;
  if (!form?.has("Action")) return undefined;
  const version = form.get("Version") ?? "";
  return known(
    names.find((name) => catalog[name].protocol === "awsQuery" && catalog[name].version === version) ?? version,
  );
}

function known(service: string): { readonly service: ServiceName } | { readonly unknown: string } {
  const found = names.find((name) => name === service);
  return found ? { service: found } : { unknown: service };
}
