// Invoke URLs. Each stage is compiled when its first request comes, and again after it has changed.

import type { TestInvokeMethodRequest, TestInvokeMethodResponse } from "@aws-sdk/client-api-gateway";
import type { Clock } from "../../../base/index.js";
import type { HttpReply, HttpRequest } from "../../http.js";
import type { LogSink, Place } from "../../service-interfaces.js";
import type { ApiDocument, DeploymentDocument, StageDocument } from "../documents.js";
import { accessLogOf, writeAccessLog, writeExecutionLog } from "./cloudwatch.js";
import { compileApi } from "./compile.js";
import { compress } from "./compress.js";
import { ExecutionLog } from "./execution-log.js";
import { type CompiledStage, Invocation } from "./invocation.js";
import { type Backends, execute } from "./pipeline.js";
import type { GatewayReply } from "./reply.js";
import { addressOf, gatewayRequest, headerOf } from "./request.js";
import { type IdMaker, idMaker } from "./request-ids.js";
import { testInvoke } from "./test-invoke.js";

/** What the data plane reads of what the control plane keeps. */
export interface StageSource {
  /** undefined: there is no such API or stage. */
  find(apiId: string, stageName: string): StageDocuments | undefined;
}

export interface StageDocuments {
  readonly place: Place;
  readonly api: ApiDocument;
  readonly stage: StageDocument;
  readonly deployment: DeploymentDocument;
}

/** What the data plane is made of. */
export interface DataPlaneParts {
  readonly source: StageSource;
  readonly backends: Backends;
  readonly logs: LogSink;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
}

export class DataPlane {
  readonly #parts: DataPlaneParts;
  readonly #newIds: IdMaker;
  readonly #stages = new Map<string, CompiledStage>();

  constructor(parts: DataPlaneParts) {
    this.#parts = parts;
    this.#newIds = idMaker(parts.random);
  }

  /** Compiles the API's stages again when they are next asked for. */
  forget(apiId: string): void {
    for (const key of this.#stages.keys()) if (key.startsWith(`${apiId}/`)) this.#stages.delete(key);
  }

  forgetAll(): void {
    this.#stages.clear();
  }

  route(request: HttpRequest): Promise<HttpReply> | undefined {
    const address = addressOf(request);
    if (!address) return undefined;
    const stage = this.#stage(address.apiId, address.stageName);
    if (!stage) return Promise.resolve(noSuchStage(this.#newIds));
    return this.#answer(stage, request, address.path, address.host);
  }

  testInvoke(
    api: ApiDocument,
    resourceId: string,
    input: TestInvokeMethodRequest,
    place: Place,
  ): Promise<TestInvokeMethodResponse> {
    return testInvoke(api, resourceId, input, place, { ...this.#parts, newIds: this.#newIds });
  }

  #stage(apiId: string, stageName: string): CompiledStage | undefined {
    const key = `${apiId}/${stageName}`;
    const known = this.#stages.get(key);
    if (known) return known;
    const found = this.#parts.source.find(apiId, stageName);
    if (!found) return undefined;
    const compiled = compileStage(found);
    this.#stages.set(key, compiled);
    return compiled;
  }

  async #answer(stage: CompiledStage, request: HttpRequest, path: string, host: string): Promise<HttpReply> {
    const { backends, logs, clock } = this.#parts;
    const timeMs = clock.nowMs();
    const started = clock.elapsedMs();
    const incoming = gatewayRequest(request, path);
    const ids = this.#newIds(timeMs, headerOf(incoming.headers, "X-Amzn-Trace-Id"));
    const log = logOf(stage, clock);
    const invocation = new Invocation(stage, incoming, ids, { timeMs, host, log });
    const reply = await execute(invocation, backends);
    if (log) writeExecutionLog(invocation, log, logs);
    if (stage.accessLog) writeAccessLog(invocation, reply, stage.accessLog, clock.elapsedMs() - started, logs);
    const { minimumCompressionSize } = stage.api.definition;
    const acceptEncoding = headerOf(incoming.headers, "Accept-Encoding");
    return httpReply(invocation, compress(reply, minimumCompressionSize, acceptEncoding));
  }
}

function compileStage({ place, api, stage, deployment }: StageDocuments): CompiledStage {
  return {
    ...place,
    apiId: api.id,
    stageName: stage.stageName,
    deploymentId: deployment.id,
    variables: stage.variables ?? {},
    api: compileApi(deployment.definition),
    isDisabled: deployment.definition.disableExecuteApiEndpoint,
    settings: stage.methodSettings ?? {},
    accessLog: accessLogOf(stage),
  };
}

/** Lines are collected when any method of the stage logs; whether they are written is decided when the method is known. */
function logOf({ settings }: CompiledStage, clock: Clock): ExecutionLog | undefined {
  const logging = Object.values(settings).filter(({ loggingLevel = "OFF" }) => loggingLevel !== "OFF");
  if (logging.length === 0) return undefined;
  return new ExecutionLog(
    clock.nowMs,
    logging.some(({ dataTraceEnabled }) => dataTraceEnabled),
  );
}

function httpReply({ ids }: Invocation, { status, headers, body }: GatewayReply): HttpReply {
  const sent: Record<string, string | readonly string[]> = {};
  for (const [name, values] of headers) sent[name] = values.length === 1 ? (values[0] ?? "") : values;
  sent["x-amzn-RequestId"] = ids.requestId;
  sent["x-amz-apigw-id"] = ids.extendedRequestId;
  return { status, headers: sent, body };
}

/** AWS has no address for an API that is not there, and answers so where only the stage is missing. */
function noSuchStage(newIds: IdMaker): HttpReply {
  const { requestId, extendedRequestId } = newIds(0, undefined);
  return {
    status: 403,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-RequestId": requestId,
      "x-amzn-ErrorType": "ForbiddenException",
      "x-amz-apigw-id": extendedRequestId,
    },
    body: '{"message":"Forbidden"}',
  };
}
