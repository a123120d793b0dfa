// A request to a REST API and what is known of it so far: its target, its failure, and what templates read and
// override.

import type { MethodSetting } from "@aws-sdk/client-api-gateway";
import { type EventRequest, headerOf, requestTime } from "../../lambda-events/index.js";
import type { Invoker } from "../../service-interfaces.js";
import type { Fetch } from "../integrations/http.js";
import type { Template } from "../integrations/template.js";
import { type JavaMap, javaValue, type Value } from "../vtl/values.js";
import type { WorkerPool } from "../worker/pool.js";
import type { CompiledApi, CompiledMethod } from "./compile.js";
import type { ExecutionLog } from "./execution-log.js";
import type { GatewayFailure } from "./failure.js";

/** A stage of an API, compiled for requests. */
export interface CompiledStage {
  readonly account: string;
  readonly region: string;
  readonly apiId: string;
  readonly stageName: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly api: CompiledApi;
  readonly isDisabled: boolean;
  readonly settings: Readonly<Record<string, MethodSetting>>;
  readonly accessLog: { readonly group: string; readonly format: Template } | undefined;
}

/** What integrations call. */
export interface Backends {
  readonly invoker: Invoker;
  readonly fetch: Fetch;
  /** For templates, validation and parsing that cost too much for the thread that serves all requests. */
  readonly workers: WorkerPool;
  readonly elapsedMs: () => number;
}

export interface RequestIds {
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** `Root=1-...`. */
  readonly traceId: string;
}

/** The method that a request is for. */
export interface Target {
  readonly method: CompiledMethod;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface ExchangeOptions {
  readonly stage: CompiledStage;
  readonly request: EventRequest;
  readonly backends: Backends;
  readonly ids: RequestIds;
  readonly timeMs: number;
  readonly host: string;
  readonly log: ExecutionLog | undefined;
}

export class Exchange {
  readonly stage: CompiledStage;
  readonly request: EventRequest;
  readonly backends: Backends;
  readonly ids: RequestIds;
  readonly timeMs: number;
  readonly host: string;
  readonly log: ExecutionLog | undefined;
  /** Set by the routing step. */
  target: Target | undefined;
  integrationLatencyMs = 0;
  integrationStatus: number | undefined;
  #failure: GatewayFailure | undefined;
  #context: JavaMap | undefined;

  constructor({ stage, request, backends, ids, timeMs, host, log }: ExchangeOptions) {
    this.stage = stage;
    this.request = request;
    this.backends = backends;
    this.ids = ids;
    this.timeMs = timeMs;
    this.host = host;
    this.log = log;
  }

  /** `$context`: created when it is first read, and kept, because templates write their overrides into it. */
  get context(): JavaMap {
    this.#context ??= contextOf(this);
    return this.#context;
  }

  /** Puts `$context` back to an earlier copy, or to what it was before any template ran. */
  resetContext(context: JavaMap | undefined): void {
    this.#context = context;
  }

  get hasContext(): boolean {
    return this.#context !== undefined;
  }

  get failure(): GatewayFailure | undefined {
    return this.#failure;
  }

  /** Records why API Gateway responds itself; from now on `$context.error` tells it. */
  fail(failure: GatewayFailure): void {
    this.#failure = failure;
    this.#context?.set("error", errorContext(failure));
  }

  /** What templates have put under `$context.requestOverride` or `$context.responseOverride`. */
  override(kind: "requestOverride" | "responseOverride", part: string): Value {
    const overrides = this.#context?.get(kind);
    return overrides instanceof Map ? (overrides.get(part) ?? null) : null;
  }
}

function contextOf(exchange: Exchange): JavaMap {
  const { stage, request, ids, target, timeMs, host, failure } = exchange;
  const context = javaValue({
    accountId: stage.account,
    apiId: stage.apiId,
    authorizer: {},
    awsEndpointRequestId: ids.requestId,
    deploymentId: stage.deploymentId,
    domainName: host,
    domainPrefix: host.split(/[.:]/, 1)[0],
    extendedRequestId: ids.extendedRequestId,
    httpMethod: request.httpMethod,
    identity: {
      sourceIp: request.sourceIp,
      userAgent: headerOf(request.headers, "User-Agent"),
    },
    isCanaryRequest: undefined,
    path: `/${stage.stageName}${request.path}`,
    protocol: "HTTP/1.1",
    requestId: ids.requestId,
    requestOverride: { header: {}, path: {}, querystring: {} },
    responseOverride: { header: {} },
    requestTime: requestTime(timeMs),
    requestTimeEpoch: timeMs,
    resourceId: target?.method.resource.id,
    resourcePath: target?.method.resource.path ?? request.path,
    stage: stage.stageName,
    xrayTraceId: ids.traceId,
  });
  const map: JavaMap = context instanceof Map ? context : new Map();
  if (failure) map.set("error", errorContext(failure));
  return map;
}

/** `$context.error`. */
function errorContext({ message, type, validationError }: GatewayFailure): JavaMap {
  const error: JavaMap = new Map([
    ["message", message],
    ["messageString", JSON.stringify(message)],
    ["responseType", type],
  ]);
  // Escaped but without quotes: gateway responses write it between quotes, and AWS's output is JSON all the same.
  if (validationError !== undefined) error.set("validationErrorString", JSON.stringify(validationError).slice(1, -1));
  return error;
}
