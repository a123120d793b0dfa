// API Gateway with its own store and a function that the test writes: its operations and its invoke URLs, called
// without a network.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type TestContext, test } from "node:test";
import { type Clock, silentLog } from "../../src/base/index.js";
import { createApiGateway } from "../../src/cloud/apigateway/index.js";
import type { ApiGatewayState } from "../../src/cloud/apigateway/state.js";
import type { Call, Input, OperationName, Output } from "../../src/cloud/protocol/operation.js";
import type { InvokeRequest, InvokeResult } from "../../src/cloud/service-interfaces.js";
import { openStore } from "../../src/cloud/store/lmdb-store.js";
import { temporaryDirectory } from "./temporary-directory.js";

export const call: Call = {
  account: "000000000000",
  region: "us-east-1",
  requestId: "r",
  accessKeyId: "test",
  host: "localhost:4566",
};

export const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:iris";
export const functionUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

/** Always 26 October 2026, 10:21:30 UTC. */
export const fixedClock: Clock = { nowMs: () => Date.UTC(2026, 9, 26, 10, 21, 30), elapsedMs: () => 0 };

/** What a function does with its event: returns a value, or throws the error with which Lambda would respond. */
export type FakeFunction = (event: unknown, request: InvokeRequest) => unknown;

export interface FunctionFailure {
  readonly errorMessage: string;
  readonly errorType?: string;
}

/** What a `FakeFunction` returns when the function itself fails. */
export class FailedFunction {
  readonly payload: FunctionFailure;

  constructor(errorMessage: string) {
    this.payload = { errorMessage, errorType: "Error" };
  }
}

export interface ApiResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LoggedEvent {
  readonly group: string;
  readonly message: string;
}

export function startApiGateway(
  t: TestContext,
  {
    run = (event) => event,
    clock = fixedClock,
    taskMsMax,
  }: { readonly run?: FakeFunction; readonly clock?: Clock; readonly taskMsMax?: number } = {},
) {
  const folder = temporaryDirectory(t);
  const store = openStore(folder);
  t.after(async () => {
    await gateway.close?.();
    await store.close();
  });
  const logged: LoggedEvent[] = [];
  const gateway = createApiGateway(
    {
      store,
      clock,
      log: silentLog,
      random: (bytes) => randomBytes(bytes),
      dataDir: folder,
      publicHost: () => "localhost:4566",
    },
    {
      invoker: { invoke: (request) => invokeFunction(run, request) },
      taskMsMax,
      logs: { append: ({ group }, events) => logged.push(...events.map(({ message }) => ({ group, message }))) },
    },
  );

  /** Calls an operation as the cloud's HTTP server does. */
  async function send<Name extends OperationName<"apigateway">>(
    name: Name,
    input: Input<"apigateway", Name>,
  ): Promise<Output<"apigateway", Name>> {
    const operation = gateway.service.operations[name] as
      | ((input: Input<"apigateway", Name>, state: ApiGatewayState, call: Call) => Output<"apigateway", Name>)
      | undefined;
    if (!operation) throw new Error(`${name} is not implemented`);
    return operation(input, gateway.service.state, call);
  }

  /** Sends a request to a stage: `invoke(api, "POST /predict?x=1", { body })`. */
  async function invoke(
    apiId: string,
    line: string,
    {
      body = "",
      headers = {},
      stage = "dev",
    }: { body?: string | Uint8Array; headers?: Readonly<Record<string, string>>; stage?: string } = {},
  ): Promise<ApiResponse> {
    const [method = "", address = ""] = line.split(" ");
    const [path = "", query = ""] = address.split("?");
    const all = { host: "localhost:4566", ...headers };
    const reply = await gateway.route!({
      method,
      path: `/restapis/${apiId}/${stage}/_user_request_${path}`,
      query,
      headers: Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value])),
      rawHeaders: Object.entries(all).flat(),
      body: Buffer.from(body),
      sourceIp: "127.0.0.1",
    });
    if (!reply) throw new Error(`${line} is not a request to an API`);
    const sent = Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    return { status: reply.status, headers: Object.fromEntries(sent), body: Buffer.from(reply.body).toString() };
  }

  return { gateway, store, send, invoke, logged };
}

async function invokeFunction(run: FakeFunction, request: InvokeRequest): Promise<InvokeResult> {
  // A function that ignores its event costs the test's thread nothing.
  const event: unknown = run.length === 0 ? undefined : JSON.parse(Buffer.from(request.payload).toString());
  const result = await run(event, request);
  const failed = result instanceof FailedFunction;
  return {
    payload: Buffer.from(JSON.stringify(failed ? result.payload : result) ?? "null"),
    ...(failed ? { functionError: "Unhandled" } : {}),
    executedVersion: "$LATEST",
    requestId: "00000000-0000-4000-8000-000000000000",
    logTail: "",
  };
}

export type TestGateway = ReturnType<typeof startApiGateway>;

export interface MethodOptions {
  readonly pathPart?: string;
  readonly httpMethod?: string;
  readonly type?: "AWS" | "AWS_PROXY" | "MOCK" | "HTTP" | "HTTP_PROXY";
  readonly method?: object;
  readonly integration?: object;
  /** Integration responses by status; each gets a method response. */
  readonly responses?: Readonly<Record<string, object>>;
}

/** An API with one method, by default the tutorial's, deployed to the stage "dev". */
export async function deployMethod(gateway: TestGateway, options: MethodOptions = {}) {
  const { send } = gateway;
  const { pathPart = "predict", httpMethod = "POST", type = "AWS", responses = { "200": {} } } = options;
  const { id: restApiId = "", rootResourceId = "" } = await send("CreateRestApi", { name: "iris" });
  const { id: resourceId = "" } = await send("CreateResource", { restApiId, parentId: rootResourceId, pathPart });
  const name = { restApiId, resourceId, httpMethod };
  await send("PutMethod", { ...name, authorizationType: "NONE", ...options.method });
  await send("PutIntegration", {
    ...name,
    type,
    ...(type === "MOCK" ? {} : { integrationHttpMethod: "POST", uri: functionUri }),
    ...options.integration,
  });
  if (!type.endsWith("PROXY")) {
    for (const [statusCode, response] of Object.entries(responses)) {
      const { responseParameters = {} } = response as { responseParameters?: Record<string, string> };
      const declared = Object.fromEntries(Object.keys(responseParameters).map((parameter) => [parameter, false]));
      await send("PutMethodResponse", { ...name, statusCode, responseParameters: declared });
      await send("PutIntegrationResponse", { ...name, statusCode, ...response });
    }
  }
  const { id: deploymentId } = await send("CreateDeployment", { restApiId, stageName: "dev" });
  return { restApiId, resourceId, deploymentId, rootResourceId };
}

/**
 * A test that an operation fails. The messages are AWS's, most of them recorded from the real service between 2023 and
 * 2025.
 */
export type Rejection = readonly [
  /** What is rejected. */
  name: string,
  /** Calls operations, of which the last one fails. The ids are those of `deployMethod`. */
  act: (
    gateway: TestGateway,
    ids: { restApiId: string; resourceId: string; rootResourceId: string },
  ) => Promise<unknown>,
  code: string,
  message: string,
];

export function testRejections(rejections: readonly Rejection[]): void {
  for (const [name, act, code, message] of rejections) {
    test(`rejects ${name}`, async (t) => {
      const gateway = startApiGateway(t);
      const ids = await deployMethod(gateway);

      await assert.rejects(act(gateway, ids), { code, message });
    });
  }
}
