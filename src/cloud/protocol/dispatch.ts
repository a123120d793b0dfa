// One AWS API request from bytes to bytes: find the operation, decode its input, check required members, run it, encode
// its output. Every error is encoded as the protocol encodes errors.

import type { Log } from "../../base/index.js";
import type { HttpReply, HttpRequest } from "../http.js";
import { storageFaultOf, storageFaultStatus } from "../storage-fault.js";
import { AwsError } from "./aws-error.js";
import { awsJson } from "./aws-json.js";
import { awsQuery } from "./aws-query.js";
import { catalog, loadServiceModel, type ProtocolName } from "./catalog.js";
import type { ApiName, Call, Service } from "./operation.js";
import type { Api, Protocol } from "./protocol.js";
import { requireMembers } from "./require-members.js";
import { restJson } from "./rest-json.js";

const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  restJson1: restJson,
  "awsJson1.1": awsJson,
  awsQuery,
};

/** A service without its types, as the request router holds it. */
export interface BoundService {
  readonly name: ApiName;
  has(operation: string): boolean;
  run(operation: string, input: unknown, call: Call): unknown;
}

export function bindService<S extends ApiName, State>(service: Service<S, State>): BoundService {
  // The decoder creates the input from the schema of the operation of that name, which is also the source of the
  // handler's type.
  const handlers = service.operations as Readonly<
    Record<string, ((input: unknown, state: State, call: Call) => unknown) | undefined>
  >;
  const find = (operation: string) => (Object.hasOwn(handlers, operation) ? handlers[operation] : undefined);
  return {
    name: service.name,
    has: (operation) => find(operation) !== undefined,
    run: (operation, input, call) => find(operation)?.(input, service.state, call),
  };
}

/** Replies to a request to a service's API. Never throws. */
export async function dispatch(service: BoundService, request: HttpRequest, call: Call, log: Log): Promise<HttpReply> {
  const entry = catalog[service.name];
  const protocol = protocols[entry.protocol];
  const api: Api = { model: await loadServiceModel(service.name), entry };
  try {
    if (request.body.length > entry.bodyBytesMax) throw bodyTooLarge(entry.bodyBytesMax);
    const { operation, decode } = protocol.route(request, api);
    if (!service.has(operation.name)) throw operationNotImplemented(service.name, operation.name);
    const input = decode();
    requireMembers(entry, operation.input, input);
    const output = await service.run(operation.name, input, call);
    return protocol.encode(operation, output, api, call.requestId);
  } catch (error) {
    return encodeError(error, protocol, api, call, log);
  }
}

function encodeError(error: unknown, protocol: Protocol, api: Api, { requestId }: Call, log: Log): HttpReply {
  try {
    if (error instanceof AwsError) return protocol.encodeError(error, api, requestId);
    throw error;
  } catch (bug) {
    log.warn(`${api.model.name} request ${requestId} failed: ${bug instanceof Error ? bug.stack : String(bug)}`);
    return protocol.encodeError(internalFailure(bug), api, requestId);
  }
}

/** 501, because clients retry the other statuses from 500 up. */
function operationNotImplemented(service: string, operation: string): AwsError {
  return new AwsError("NotImplementedException", 501, `${operation} of ${service} is not implemented in this cloud`);
}

function bodyTooLarge(bytesMax: number): AwsError {
  return new AwsError("RequestEntityTooLargeException", 413, `Request must be smaller than ${bytesMax} bytes`);
}

function internalFailure(bug: unknown): AwsError {
  const fault = storageFaultOf(bug);
  if (fault !== undefined) return new AwsError("InternalFailure", storageFaultStatus, fault);
  return new AwsError(
    "InternalFailure",
    500,
    "The request processing has failed because of an unknown error, exception or failure.",
  );
}
