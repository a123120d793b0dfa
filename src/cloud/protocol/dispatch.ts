// One AWS API request from bytes to bytes: route, look the operation up, decode, require, run, encode.
// Whatever goes wrong on the way becomes the protocol's own error.

import type { Log } from "../../base/index.js";
import type { HttpReply, HttpRequest } from "../http.js";
import { AwsError } from "./aws-error.js";
import { awsJson } from "./aws-json.js";
import { awsQuery } from "./aws-query.js";
import { catalog, loadServiceModel, type ProtocolName } from "./catalog.js";
import type { Call, Service, ServiceName } from "./operation.js";
import type { Protocol, Speaker } from "./protocol.js";
import { requireMembers } from "./require-members.js";
import { restJson } from "./rest-json.js";

const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  restJson1: restJson,
  "awsJson1.1": awsJson,
  awsQuery,
};

/** A service whose types are forgotten, as the front door holds it. */
export interface BoundService {
  readonly name: ServiceName;
  has(operation: string): boolean;
  run(operation: string, input: unknown, call: Call): unknown;
}

export function bindService<S extends ServiceName, State>(service: Service<S, State>): BoundService {
  // The decoder makes the input from the schema of the operation of that name, and the handler's type comes from the same schema.
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

/** Answers a request to a service's API. Never throws. */
export async function dispatch(service: BoundService, request: HttpRequest, call: Call, log: Log): Promise<HttpReply> {
  const entry = catalog[service.name];
  const protocol = protocols[entry.protocol];
  const speaker: Speaker = { model: await loadServiceModel(service.name), entry };
  try {
    const { operation, decode } = protocol.route(request, speaker);
    if (!service.has(operation.name)) throw notBuilt(service.name, operation.name);
    const input = decode();
    requireMembers(entry, operation.input, input);
    const output = await service.run(operation.name, input, call);
    return protocol.encode(operation, output, speaker, call.requestId);
  } catch (error) {
    return refuse(error, protocol, speaker, call, log);
  }
}

function refuse(error: unknown, protocol: Protocol, speaker: Speaker, { requestId }: Call, log: Log): HttpReply {
  try {
    if (error instanceof AwsError) return protocol.encodeError(error, speaker, requestId);
    throw error;
  } catch (bug) {
    log.warn(`${speaker.model.name} request ${requestId} failed: ${bug instanceof Error ? bug.stack : String(bug)}`);
    return protocol.encodeError(internalFailure(), speaker, requestId);
  }
}

/** 501, because clients try the other 5xx again and again. */
function notBuilt(service: string, operation: string): AwsError {
  return new AwsError("NotImplementedException", 501, `${operation} of ${service} is not built in this cloud`);
}

function internalFailure(): AwsError {
  return new AwsError(
    "InternalFailure",
    500,
    "The request processing has failed because of an unknown error, exception or failure.",
  );
}
