// Every request to the cloud comes through here, in this order: is it addressed to this machine; the cloud's own addresses; addresses of
// services with streamed bodies (the registry), then with whole ones (invoke URLs); and last the AWS APIs.

import type { Log } from "../base/index.js";
import { isAddressedHere, isFromAnotherSite } from "./callers.js";
import { type Credential, readCredential } from "./credential.js";
import type { HttpReply, HttpRequest, HttpRequestHead, StreamedReply } from "./http.js";
import { whichService } from "./identify-api.js";
import { uuid } from "./ids.js";
import { type BoundService, dispatch } from "./protocol/dispatch.js";
import type { ServiceName } from "./protocol/operation.js";
import { element, escapeXml } from "./protocol/xml.js";
import type { Route, StreamRoute } from "./service.js";

/**
 * The largest request that any API here takes: Lambda's CreateFunction with its zip file inside, which AWS refuses beyond this number.
 * Services refuse less where AWS does; the registry streams.
 */
const bodyBytesMax = 70_167_211;

/** A request whose body has not been read. */
export interface Incoming {
  readonly head: HttpRequestHead;
  readonly stream: AsyncIterable<Uint8Array>;
  /** The whole body; undefined when it is longer than `bytesMax`. */
  readBody(bytesMax: number): Promise<Uint8Array | undefined>;
}

export interface FrontDoorParts {
  readonly services: ReadonlyMap<ServiceName, BoundService>;
  readonly streamRoutes: readonly StreamRoute[];
  readonly routes: readonly Route[];
  /** The cloud's own addresses, below `/_tepal/`. */
  readonly control: Route;
  /** The account of a request's signer; undefined when the key says nothing of one. */
  readonly accountOf: (accessKeyId: string) => string | undefined;
  readonly account: string;
  readonly region: string;
  readonly publicHost: () => string;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
}

/** Answers one request. Never throws: what goes wrong inside is logged and becomes a 500. */
export type FrontDoor = (incoming: Incoming) => Promise<StreamedReply>;

export function createFrontDoor(parts: FrontDoorParts): FrontDoor {
  return async (incoming) => {
    try {
      return await answer(parts, incoming);
    } catch (error) {
      const { method, path } = incoming.head;
      parts.log.warn(`${method} ${path} failed: ${error instanceof Error ? error.stack : String(error)}`);
      return refusal(500, "InternalFailure", "The request failed in a way that is not the caller's fault.");
    }
  };
}

async function answer(parts: FrontDoorParts, { head, stream, readBody }: Incoming): Promise<StreamedReply> {
  if (!isAddressedHere(head, parts.publicHost()))
    return refusal(403, "ForbiddenHost", `${head.headers.host} is not an address of this machine`);
  const crossSite = isFromAnotherSite(head);

  if (!crossSite) {
    for (const route of parts.streamRoutes) {
      const reply = route({ ...head, stream });
      if (reply) return reply;
    }
  }
  const body = await readBody(bodyBytesMax);
  if (!body) return refusal(413, "RequestTooLargeException", `A request's body may have ${bodyBytesMax} bytes`);
  const request: HttpRequest = { ...head, body };

  // Pages of any site may call an API's invoke URL: whether they may read the answer is for its CORS headers to say.
  for (const route of parts.routes) {
    const reply = route(request);
    if (reply) return reply;
  }
  if (crossSite) return refusal(403, "ForbiddenOrigin", "Pages of other sites may not control this cloud");
  return parts.control(request) ?? callService(parts, request);
}

function callService(parts: FrontDoorParts, request: HttpRequest): Promise<HttpReply> | HttpReply {
  const credential = readCredential(request);
  const wanted = whichService(request, credential);
  if (!wanted) return refusal(404, "NotFound", `Nothing is served at ${request.method} ${request.path}`);
  const service = "service" in wanted ? parts.services.get(wanted.service) : undefined;
  if (!service) {
    return notHere(request, "service" in wanted ? wanted.service : wanted.unknown, uuid(parts.random));
  }
  const call = {
    account: accountOf(parts, credential),
    region: credential?.region ?? parts.region,
    requestId: uuid(parts.random),
    accessKeyId: credential?.accessKeyId,
    host: request.headers.host ?? parts.publicHost(),
  };
  return dispatch(service, request, call, parts.log);
}

const accountForm = /^\d{12}$/;

function accountOf(parts: FrontDoorParts, credential: Credential | undefined): string {
  if (!credential) return parts.account;
  if (accountForm.test(credential.accessKeyId)) return credential.accessKeyId;
  return parts.accountOf(credential.accessKeyId) ?? parts.account;
}

/** Refuses a call to a service that this cloud does not have, in the form that its client reads: JSON after a target header, else XML. */
function notHere(request: HttpRequest, service: string, requestId: string): HttpReply {
  const [code, message] = ["NotImplementedException", `The service ${service} is not part of this cloud`];
  if (request.headers["x-amz-target"] !== undefined) return refusal(501, code, message);
  const details = element("Type", "Sender") + element("Code", code) + element("Message", escapeXml(message));
  return {
    status: 501,
    headers: { "content-type": "text/xml", "x-amzn-errortype": code, "x-amzn-requestid": requestId },
    body: `${element("ErrorResponse", element("Error", details) + element("RequestId", requestId))}\n`,
  };
}

/** Requests that belong to no service are refused in JSON, which every client can at least show. */
function refusal(status: number, code: string, message: string): HttpReply {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ __type: code, message }),
  };
}
