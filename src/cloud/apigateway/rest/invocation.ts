// One request on its way through an API: where it goes, what is known of it, and what templates may read and override.

import type { MethodSetting } from "@aws-sdk/client-api-gateway";
import type { Template } from "../integrations/template.js";
import { HostObject, type JavaMap, javaValue, type Value } from "../vtl/values.js";
import type { CompiledApi, CompiledMethod } from "./compile.js";
import { type ExecutionLog, requestTime } from "./execution-log.js";
import type { GatewayFailure } from "./failure.js";
import { type GatewayRequest, headerOf } from "./request.js";

/** A stage of an API, made ready to answer. */
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

export interface RequestIds {
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** `Root=1-...`. */
  readonly traceId: string;
}

/** Where the request went: set by the routing stage. */
export interface Target {
  readonly method: CompiledMethod;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export class Invocation {
  readonly stage: CompiledStage;
  readonly request: GatewayRequest;
  readonly ids: RequestIds;
  readonly timeMs: number;
  readonly host: string;
  readonly log: ExecutionLog | undefined;
  target: Target | undefined;
  failure: GatewayFailure | undefined;
  integrationLatencyMs = 0;
  integrationStatus: number | undefined;
  #context: JavaMap | undefined;

  constructor(
    stage: CompiledStage,
    request: GatewayRequest,
    ids: RequestIds,
    { timeMs, host, log }: { readonly timeMs: number; readonly host: string; readonly log: ExecutionLog | undefined },
  ) {
    this.stage = stage;
    this.request = request;
    this.ids = ids;
    this.timeMs = timeMs;
    this.host = host;
    this.log = log;
  }

  /** `$context`: made when the first template asks for it, kept because templates write their overrides into it. */
  get context(): JavaMap {
    this.#context ??= contextOf(this);
    return this.#context;
  }

  /** What templates have put under `$context.requestOverride` or `$context.responseOverride`. */
  override(kind: "requestOverride" | "responseOverride", part: string): Value {
    const overrides = this.#context?.get(kind);
    return overrides instanceof Map ? (overrides.get(part) ?? null) : null;
  }
}

function contextOf(invocation: Invocation): JavaMap {
  const { stage, request, ids, target, timeMs, host } = invocation;
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
    path: contextPath(stage.stageName, request.path),
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
  map.set("error", new ErrorContext(invocation));
  map.set("integration", new IntegrationContext(invocation));
  return map;
}

export function contextPath(stageName: string, path: string): string {
  return `/${stageName}${path}`;
}

/** `$context.error`: empty until something has failed. */
class ErrorContext extends HostObject {
  readonly #invocation: Invocation;

  constructor(invocation: Invocation) {
    super();
    this.#invocation = invocation;
  }

  override property(name: string): Value | undefined {
    const failure = this.#invocation.failure;
    if (!failure) return undefined;
    switch (name) {
      case "message":
        return failure.message;
      case "messageString":
        return JSON.stringify(failure.message);
      case "responseType":
        return failure.type;
      case "validationErrorString":
        // Escaped but without quotes: gateway responses write it between quotes, and AWS's answers are JSON all the same.
        return failure.validationError && JSON.stringify(failure.validationError).slice(1, -1);
      default:
        return undefined;
    }
  }
}

/** `$context.integration`: for access logs. */
class IntegrationContext extends HostObject {
  readonly #invocation: Invocation;

  constructor(invocation: Invocation) {
    super();
    this.#invocation = invocation;
  }

  override property(name: string): Value | undefined {
    if (name === "latency") return Math.round(this.#invocation.integrationLatencyMs);
    return name === "status" || name === "integrationStatus" ? this.#invocation.integrationStatus : undefined;
  }
}
