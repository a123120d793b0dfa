// TestInvokeMethod: runs one method of the API as it is being edited and returns its execution log.

import type { TestInvokeMethodRequest, TestInvokeMethodResponse } from "@aws-sdk/client-api-gateway";
import { decode, type EventRequest, sentQuery } from "../../lambda-events/index.js";
import type { AccountRegion } from "../../service-interfaces.js";
import type { ApiDocument } from "../documents.js";
import { compileApi, compileMethod } from "./compile.js";
import type { DataPlaneOptions } from "./data-plane.js";
import { type CompiledStage, Exchange } from "./exchange.js";
import { ExecutionLog, logDate } from "./execution-log.js";
import { bodyText } from "./reply.js";
import type { IdGenerator } from "./request-ids.js";
import { Router } from "./router.js";
import { handleTest } from "./steps.js";

/** The stage in the source ARN of such calls, which a function's permission must allow. */
const testStageName = "test-invoke-stage";

export async function testInvoke(
  api: ApiDocument,
  resourceId: string,
  input: TestInvokeMethodRequest,
  accountRegion: AccountRegion,
  { backends, clock, newIds }: Pick<DataPlaneOptions, "backends" | "clock"> & { readonly newIds: IdGenerator },
): Promise<TestInvokeMethodResponse> {
  const { definition } = api;
  const resource = definition.resources[resourceId];
  const document = resource?.methods[input.httpMethod ?? ""];
  if (!resource || !document) throw new Error(`No method ${input.httpMethod} of resource ${resourceId}`);
  const stage: CompiledStage = {
    ...accountRegion,
    apiId: api.id,
    stageName: testStageName,
    deploymentId: "",
    variables: input.stageVariables ?? {},
    api: compileApi(definition),
    isDisabled: false,
    settings: {},
    accessLog: undefined,
  };
  const timeMs = clock.nowMs();
  const started = clock.elapsedMs();
  const request = requestOf(input, resource.path);
  const log = new ExecutionLog(clock.nowMs, true);
  const host = `${testStageName}-prefix.testPrefix.testDomainName`;
  const ids = newIds(timeMs, undefined);
  const exchange = new Exchange({ stage, request, backends, ids, timeMs, host, log });
  const method = compileMethod(definition, resource, document);
  // The path is matched against this resource only; where it does not match, there are no path parameters.
  const routed = new Router([resource], () => method).find(request.path);
  exchange.target = { method, pathParameters: routed?.pathParameters ?? {} };
  const reply = await handleTest(exchange);
  const headers = new Map(reply.headers);
  // Of a gateway response's headers AWS returns only the error type here.
  if (exchange.failure) headers.delete("Content-Type");
  return {
    status: reply.status,
    body: bodyText(reply.body),
    headers: Object.fromEntries([...headers].map(([name, values]) => [name, values.at(-1) ?? ""])),
    multiValueHeaders: Object.fromEntries([...headers].map(([name, values]) => [name, [...values]])),
    log: logText(exchange),
    latency: Math.round(clock.elapsedMs() - started),
  };
}

function requestOf(input: TestInvokeMethodRequest, resourcePath: string): EventRequest {
  const [path = "", query = ""] = (input.pathWithQueryString ?? "").split("?", 2);
  return {
    httpMethod: input.httpMethod === "ANY" ? "POST" : (input.httpMethod ?? ""),
    path: path === "" ? resourcePath : decode(path),
    headers: new Map<string, readonly string[]>([
      ...Object.entries(input.headers ?? {}).map(([name, value]): [string, string[]] => [name, [value]]),
      ...Object.entries(input.multiValueHeaders ?? {}),
    ]),
    query: sentQuery(query),
    rawQuery: query,
    body: Buffer.from(input.body ?? "", "utf8"),
    sourceIp: "test-invoke-source-ip",
  };
}

function logText({ ids, log }: Exchange): string {
  const lines = (log?.lines ?? []).map(({ timestampMs, text }) => `${logDate(timestampMs)} : ${text}`);
  return [`Execution log for request ${ids.requestId}`, ...lines, ""].join("\n");
}
