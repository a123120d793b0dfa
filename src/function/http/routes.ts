// The routes of the stand-alone server, and of proxy events whose path is one of them.

import { iamScheme } from "../../contract/index.js";
import type { ResponseBody } from "../prediction.js";
import { errorMessageOf, isClientError, logLineOf } from "../result.js";
import { modelText, openApiText, predictPath } from "./describe.js";
import { type HttpRequest, type HttpResponse, messageResponse } from "./http.js";
import { inferV2, invocations, metadataV2, predictV1, unknownModel, versionOf } from "./inference.js";
import { predictHttp } from "./predict-http.js";
import { apiError, type ErrorWriter, kserveError, mlflowError, sageMakerError } from "./protocols.js";
import { respondWithPredictions, type Served } from "./respond.js";

type Params = Readonly<Record<string, string>>;

interface Route {
  readonly method: "GET" | "POST";
  /** `{name}` is a parameter: of a model's name, which must be that of the served model, or of a version. */
  readonly path: string;
  readonly error: ErrorWriter;
  handle(request: HttpRequest, served: Served, params: Params): ResponseBody | Promise<ResponseBody>;
}

const json = (value: unknown): ResponseBody => ({ body: JSON.stringify(value) });

/** By path: KServe's V2 has each path of a model with and without its version. */
const ofModel = "/v2/models/{name}";
const ofVersion = "/v2/models/{name}/versions/{version}";

const ready: Pick<Route, "method" | "error" | "handle"> = {
  method: "GET",
  error: kserveError,
  handle: (_request, { about }) => json({ name: about.name, ready: true }),
};
const metadata: typeof ready = { ...ready, handle: (_request, served) => ({ body: metadataV2(served) }) };
const infer: typeof ready = { method: "POST", error: kserveError, handle: inferV2 };

/** A function URL with the authorization type AWS_IAM. */
const signedRequests = { schemes: { sigv4: iamScheme }, requirement: { sigv4: [] } };

const routes: readonly Route[] = [
  {
    method: "POST",
    path: predictPath,
    error: apiError,
    handle: (request, { model }) => predictHttp(request, model),
  },
  {
    method: "GET",
    path: "/health",
    error: apiError,
    handle: (_request, { model }) => json({ status: "ok", model: model.signature.type }),
  },
  {
    method: "GET",
    path: "/model",
    error: apiError,
    handle: async (_request, served) => ({ body: await modelText(served) }),
  },
  {
    method: "GET",
    path: "/openapi.json",
    error: apiError,
    handle: ({ isSigned }, served) => ({ body: openApiText(served, isSigned ? { security: signedRequests } : {}) }),
  },
  { method: "POST", path: "/invocations", error: mlflowError, handle: invocations },
  { method: "GET", path: "/ping", error: mlflowError, handle: () => json({ status: "ok" }) },
  // AWS's SDKs, with the server as their endpoint.
  { method: "POST", path: "/endpoints/{name}/invocations", error: sageMakerError, handle: invocations },
  // KServe's clients of V1 ask it whether the server is live.
  { method: "GET", path: "/", error: kserveError, handle: () => json({ status: "alive" }) },
  { method: "GET", path: "/v1/models", error: kserveError, handle: (_, { about }) => json({ models: [about.name] }) },
  { ...ready, path: "/v1/models/{name}" },
  { method: "POST", path: "/v1/models/{name}:predict", error: kserveError, handle: predictV1 },
  {
    method: "GET",
    path: "/v2",
    error: kserveError,
    handle: (_request, { about }) => json({ name: "tepal", version: about.tepal, extensions: ["binary_tensor_data"] }),
  },
  { method: "GET", path: "/v2/health/live", error: kserveError, handle: () => json({ live: true }) },
  { method: "GET", path: "/v2/health/ready", error: kserveError, handle: () => json({ ready: true }) },
  { ...metadata, path: ofModel },
  { ...metadata, path: ofVersion },
  { ...ready, path: `${ofModel}/ready` },
  { ...ready, path: `${ofVersion}/ready` },
  { ...infer, path: `${ofModel}/infer` },
  { ...infer, path: `${ofVersion}/infer` },
];

interface Match {
  readonly route: Route;
  readonly params: Params;
}

const patterns = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/:]+)")}/?$`),
}));

/** Every route of a path, whatever its method. */
export function findRoutes(path: string): readonly Match[] {
  return patterns.flatMap(({ route, pattern }) => {
    const match = pattern.exec(path);
    return match ? [{ route, params: { ...match.groups } }] : [];
  });
}

/** The response of a proxy event's route. A POST to any other path is a request for predictions. Never throws. */
export async function respondByRoute(request: HttpRequest, served: Served): Promise<HttpResponse> {
  const matching = findRoutes(request.path);
  const found = matching.find(({ route }) => route.method === (request.method === "HEAD" ? "GET" : request.method));
  if (found) return runRoute(found, request, served);
  if (request.method === "POST") return respondWithPredictions(request, served);
  return noRoute(request, methodsOf(matching));
}

export function methodsOf(matching: readonly Match[]): readonly string[] {
  return matching.map(({ route }) => route.method);
}

/**
 * The response to a path that is not served, or not with this method.
 * @param methods those that the path is served with
 * @param others paths of the server that are not in the table
 */
export function noRoute(
  { method, path }: Pick<HttpRequest, "method" | "path">,
  methods: readonly string[],
  others: readonly string[] = [],
): HttpResponse {
  if (methods.length === 0) {
    const listed = [...others, ...routes.map((route) => `${route.method} ${route.path}`)].join(", ");
    return messageResponse(404, `Path ${path} not found. Paths: ${listed}`);
  }
  const allow = methods.join(", ");
  const message = `Method ${method} is not allowed for ${path}; use ${allow}`;
  return { ...messageResponse(405, message), headers: { Allow: allow } };
}

/** Never throws: errors are responses in the form of the route's protocol. */
export async function runRoute({ route, params }: Match, request: HttpRequest, served: Served): Promise<HttpResponse> {
  const names = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decoded(value)]));
  const unknown = unknownModel(names.name, served) ?? unknownVersion(names.version, served);
  if (unknown !== undefined) return route.error(404, unknown);
  try {
    return { status: 200, ...(await route.handle(request, served, names)) };
  } catch (error) {
    served.log.warn(logLineOf(error));
    return route.error(isClientError(error) ? 400 : 500, errorMessageOf(error));
  }
}

function unknownVersion(version: string | undefined, { about }: Served): string | undefined {
  if (version === undefined || version === versionOf(about)) return undefined;
  return `Model ${about.name} has no version ${version.slice(0, 80)}; its version is ${versionOf(about)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
