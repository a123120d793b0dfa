// TestInvokeMethod: one method of the API as it is being edited, with its execution log. Nothing is routed and nobody is asked who he is.

import type { TestInvokeMethodRequest, TestInvokeMethodResponse } from "@aws-sdk/client-api-gateway";
import type { Place } from "../../service-interfaces.js";
import type { ApiDocument } from "../documents.js";
import { compileApi, compileMethod } from "./compile.js";
import type { DataPlaneParts } from "./data-plane.js";
import { ExecutionLog, logDate } from "./execution-log.js";
import { type CompiledStage, Invocation } from "./invocation.js";
import { executeTest } from "./pipeline.js";
import { bodyText } from "./reply.js";
import { decode, type GatewayRequest, queryOf } from "./request.js";
import type { IdMaker } from "./request-ids.js";
import { Router } from "./router.js";

/** The name under which such calls reach a function: what a permission's source ARN must allow. */
const testStageName = "test-invoke-stage";

export async function testInvoke(
  api: ApiDocument,
  resourceId: string,
  input: TestInvokeMethodRequest,
  place: Place,
  { backends, clock, newIds }: Pick<DataPlaneParts, "backends" | "clock"> & { readonly newIds: IdMaker },
): Promise<TestInvokeMethodResponse> {
  const { definition } = api;
  const resource = definition.resources[resourceId];
  const document = resource?.methods[input.httpMethod ?? ""];
  if (!resource || !document) throw new Error(`No method ${input.httpMethod} of resource ${resourceId}`);
  const stage: CompiledStage = {
    ...place,
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
  const invocation = new Invocation(stage, request, newIds(timeMs, undefined), { timeMs, host, log });
  const method = compileMethod(definition, resource, document);
  // The path is not routed among the API's: where it does not have the resource's form, there are no parameters.
  const routed = new Router([resource], () => method).find(request.path);
  const target = { method, pathParameters: routed?.pathParameters ?? {} };
  const reply = await executeTest(invocation, target, backends);
  const headers = new Map(reply.headers);
  // Of its own responses AWS tells only the error type here.
  if (invocation.failure) headers.delete("Content-Type");
  return {
    status: reply.status,
    body: bodyText(reply.body),
    headers: Object.fromEntries([...headers].map(([name, values]) => [name, values.at(-1) ?? ""])),
    multiValueHeaders: Object.fromEntries([...headers].map(([name, values]) => [name, [...values]])),
    log: logText(invocation),
    latency: Math.round(clock.elapsedMs() - started),
  };
}

function requestOf(input: TestInvokeMethodRequest, resourcePath: string): GatewayRequest {
  const [path = "", query = ""] = (input.pathWithQueryString ?? "").split("?", 2);
  return {
    httpMethod: input.httpMethod === "ANY" ? "POST" : (input.httpMethod ?? ""),
    path: path === "" ? resourcePath : decode(path),
    headers: new Map<string, readonly string[]>([
      ...Object.entries(input.headers ?? {}).map(([name, value]): [string, string[]] => [name, [value]]),
      ...Object.entries(input.multiValueHeaders ?? {}),
    ]),
    query: queryOf(query),
    body: Buffer.from(input.body ?? "", "utf8"),
    sourceIp: "test-invoke-source-ip",
  };
}

function logText({ ids, log }: Invocation): string {
  const lines = (log?.lines ?? []).map(({ timestampMs, text }) => `${logDate(timestampMs)} : ${text}`);
  return [`Execution log for request ${ids.requestId}`, ...lines, ""].join("\n");
}
