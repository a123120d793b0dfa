// Invoke URLs of REST APIs. A stage is compiled at its first request, and again after a change.

import type { TestInvokeMethodRequest, TestInvokeMethodResponse } from "@aws-sdk/client-api-gateway";
import type { Clock } from "../../../base/index.js";
import type { HttpReply, HttpRequest } from "../../http.js";
import { eventRequest, headerOf } from "../../lambda-events/index.js";
import type { AccountRegion, LogSink } from "../../service-interfaces.js";
import type { ApiDocument, DeploymentDocument, StageDocument } from "../documents.js";
import { invokeAddress } from "./address.js";
import { accessLogOf, writeAccessLog, writeExecutionLog } from "./cloudwatch.js";
import { compileApi } from "./compile.js";
import { compress } from "./compress.js";
import { type Backends, type CompiledStage, Exchange } from "./exchange.js";
import { ExecutionLog } from "./execution-log.js";
import type { GatewayReply } from "./reply.js";
import { type IdGenerator, idGenerator } from "./request-ids.js";
import { handleRequest } from "./steps.js";
import { testInvoke } from "./test-invoke.js";

/** The control plane's documents, as the data plane reads them. */
export interface StageSource {
  /** undefined: the API or the stage does not exist. */
  find(apiId: string, stageName: string): StageDocuments | undefined;
}

interface StageDocuments {
  readonly accountRegion: AccountRegion;
  readonly api: ApiDocument;
  readonly stage: StageDocument;
  readonly deployment: DeploymentDocument;
}

export interface DataPlaneOptions {
  readonly source: StageSource;
  readonly backends: Backends;
  readonly logs: LogSink;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
}

export class DataPlane {
  readonly #options: DataPlaneOptions;
  readonly #newIds: IdGenerator;
  readonly #stages = new Map<string, CompiledStage>();

  constructor(options: DataPlaneOptions) {
    this.#options = options;
    this.#newIds = idGenerator(options.random);
  }

  /** Compiles the API's stages again at their next request. */
  forget(apiId: string): void {
    for (const key of this.#stages.keys()) if (key.startsWith(`${apiId}/`)) this.#stages.delete(key);
  }

  forgetAll(): void {
    this.#stages.clear();
  }

  route(request: HttpRequest): Promise<HttpReply> | undefined {
    const address = invokeAddress(request);
    if (!address) return undefined;
    const stage = this.#stage(address.apiId, address.stageName);
    if (!stage) return Promise.resolve(noSuchStage(this.#newIds));
    return this.#reply(stage, request, address.path, address.host);
  }

  testInvoke(
    api: ApiDocument,
    resourceId: string,
    input: TestInvokeMethodRequest,
    accountRegion: AccountRegion,
  ): Promise<TestInvokeMethodResponse> {
    return testInvoke(api, resourceId, input, accountRegion, { ...this.#options, newIds: this.#newIds });
  }

  #stage(apiId: string, stageName: string): CompiledStage | undefined {
    const key = `${apiId}/${stageName}`;
    const known = this.#stages.get(key);
    if (known) return known;
    const found = this.#options.source.find(apiId, stageName);
    if (!found) return undefined;
    const compiled = compileStage(found);
    this.#stages.set(key, compiled);
    return compiled;
  }

  async #reply(stage: CompiledStage, request: HttpRequest, path: string, host: string): Promise<HttpReply> {
    const { backends, logs, clock } = this.#options;
    const timeMs = clock.nowMs();
    const started = clock.elapsedMs();
    const incoming = eventRequest(request, path);
    const ids = this.#newIds(timeMs, headerOf(incoming.headers, "X-Amzn-Trace-Id"));
    const log = logOf(stage, clock);
    const exchange = new Exchange({ stage, request: incoming, backends, ids, timeMs, host, log });
    const reply = await handleRequest(exchange);
    if (log) writeExecutionLog(exchange, log, logs);
    if (stage.accessLog) writeAccessLog(exchange, reply, stage.accessLog, clock.elapsedMs() - started, logs);
    const { minimumCompressionSize } = stage.api.definition;
    const acceptEncoding = headerOf(incoming.headers, "Accept-Encoding");
    return httpReply(exchange, await compress(reply, minimumCompressionSize, acceptEncoding));
  }
}

function compileStage({ accountRegion, api, stage, deployment }: StageDocuments): CompiledStage {
  return {
    ...accountRegion,
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

/** Lines are collected when any method of the stage logs; whether they are written depends on the method. */
function logOf({ settings }: CompiledStage, clock: Clock): ExecutionLog | undefined {
  const logging = Object.values(settings).filter(({ loggingLevel = "OFF" }) => loggingLevel !== "OFF");
  if (logging.length === 0) return undefined;
  return new ExecutionLog(
    clock.nowMs,
    logging.some(({ dataTraceEnabled }) => dataTraceEnabled),
  );
}

function httpReply({ ids }: Exchange, { status, headers, body }: GatewayReply): HttpReply {
  const sent: Record<string, string | readonly string[]> = {};
  for (const [name, values] of headers) sent[name] = values.length === 1 ? (values[0] ?? "") : values;
  sent["x-amzn-RequestId"] = ids.requestId;
  sent["x-amz-apigw-id"] = ids.extendedRequestId;
  return { status, headers: sent, body };
}

/** On AWS the host of an unknown API does not resolve; this is the response for a missing stage. */
function noSuchStage(newIds: IdGenerator): HttpReply {
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
