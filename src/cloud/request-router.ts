// Routes every request to the cloud, in this order: is it addressed to this machine; addresses of services with
// streamed bodies (the registry), unless the request has an AWS signature; addresses with whole bodies (invoke URLs);
// the cloud's own addresses; the AWS APIs.

import type { Log } from "../base/index.js";
import { isAddressedHere, isFromAnotherSite } from "./callers.js";
import { type Credential, hasSignature, readCredential } from "./credential.js";
import type { HttpReply, HttpRequest, HttpRequestHead, StreamedReply } from "./http.js";
import { identifyApi } from "./identify-api.js";
import { bodyBytesMax } from "./protocol/catalog.js";
import { type BoundService, dispatch } from "./protocol/dispatch.js";
import { notImplemented } from "./protocol/not-implemented.js";
import type { ApiName } from "./protocol/operation.js";
import { uuid } from "./random.js";
import type { Route, StreamRoute } from "./service.js";
import { storageFaultOf, storageFaultStatus } from "./storage-fault.js";

/** A request whose body has not been read. */
export interface IncomingRequest {
  readonly head: HttpRequestHead;
  readonly stream: AsyncIterable<Uint8Array>;
  /** The whole body; undefined when it is longer than `bytesMax`. */
  readBody(bytesMax: number): Promise<Uint8Array | undefined>;
}

interface RequestRouterOptions {
  readonly services: ReadonlyMap<ApiName, BoundService>;
  readonly streamRoutes: readonly StreamRoute[];
  readonly routes: readonly Route[];
  /** The cloud's own addresses, below `/_tepal/`. */
  readonly control: Route;
  /** The account of temporary credentials; undefined for every other access key. */
  readonly accountOf: (accessKeyId: string) => string | undefined;
  readonly account: string;
  readonly region: string;
  readonly publicHost: () => string;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
}

/** Replies to one request. Never throws: an unexpected error is logged and becomes a 500. */
export type RequestRouter = (incoming: IncomingRequest) => Promise<StreamedReply>;

export function createRequestRouter(options: RequestRouterOptions): RequestRouter {
  return async function routeRequest(incoming) {
    try {
      return await route(options, incoming);
    } catch (error) {
      const { method, path } = incoming.head;
      options.log.warn(`${method} ${path} failed: ${error instanceof Error ? error.stack : String(error)}`);
      const fault = storageFaultOf(error);
      return fault === undefined ? internalError() : errorReply(storageFaultStatus, "InternalFailure", fault);
    }
  };
}

/** The reply to a request that failed through no fault of the caller. */
export function internalError(): HttpReply {
  return errorReply(500, "InternalFailure", "The request failed because of an internal error.");
}

async function route(
  options: RequestRouterOptions,
  { head, stream, readBody }: IncomingRequest,
): Promise<StreamedReply> {
  if (!isAddressedHere(head, options.publicHost()))
    return errorReply(403, "ForbiddenHost", `${head.headers.host} is not an address of this machine`);
  const crossSite = isFromAnotherSite(head);

  // A signed request is a call of an AWS API wherever its path leads: `/v2/apis` is API Gateway's.
  if (!crossSite && !hasSignature(head)) {
    for (const streamRoute of options.streamRoutes) {
      const reply = streamRoute({ ...head, stream });
      if (reply) return reply;
    }
  }
  const body = await readBody(bodyBytesMax);
  if (!body) {
    const message = `Request must be smaller than ${bodyBytesMax} bytes`;
    return errorReply(413, "RequestEntityTooLargeException", message);
  }
  const request: HttpRequest = { ...head, body };

  // Pages of any site may call an API's invoke URL: its CORS headers decide whether they can read the response.
  for (const serviceRoute of options.routes) {
    const reply = serviceRoute(request);
    if (reply) return reply;
  }
  if (crossSite)
    return errorReply(403, "ForbiddenOrigin", "Pages of other sites are not allowed to control this cloud");
  return options.control(request) ?? callApi(options, request);
}

function callApi(options: RequestRouterOptions, request: HttpRequest): Promise<HttpReply> | HttpReply {
  const credential = readCredential(request);
  const identified = identifyApi(request, credential);
  if (!identified) return errorReply(404, "NotFound", `Nothing is served at ${request.method} ${request.path}`);
  const requestId = uuid(options.random);
  const service = "api" in identified ? options.services.get(identified.api) : undefined;
  if (!service) {
    const name = "api" in identified ? identified.api : identified.unimplemented;
    return notImplemented(request, name, requestId);
  }
  const call = {
    account: accountOf(options, credential),
    region: credential?.region ?? options.region,
    requestId,
    accessKeyId: credential?.accessKeyId,
    host: request.headers.host ?? options.publicHost(),
  };
  return dispatch(service, request, call, options.log);
}

const accountPattern = /^\d{12}$/;

function accountOf(options: RequestRouterOptions, credential: Credential | undefined): string {
  if (!credential) return options.account;
  if (accountPattern.test(credential.accessKeyId)) return credential.accessKeyId;
  return options.accountOf(credential.accessKeyId) ?? options.account;
}

/** Errors of requests that belong to no API are JSON, which every client can at least show. */
function errorReply(status: number, code: string, message: string): HttpReply {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ __type: code, message }),
  };
}
