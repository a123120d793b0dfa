import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { deployMethod, FailedFunction, functionArn, startApiGateway } from "../../../../test/support/apigateway.js";
import { Router } from "./router.js";

test("a stage serves its deployment, not the API as it is being edited", async (t) => {
  const gateway = startApiGateway(t, { run: () => 1 });
  const { send, invoke } = gateway;
  const { restApiId, resourceId, deploymentId: first = "" } = await deployMethod(gateway);
  const name = { restApiId, resourceId, httpMethod: "POST" };
  const responseTemplates = { "application/json": "two" };
  const body = async () => (await invoke(restApiId, "POST /predict", { body: "{}" })).body;

  await send("PutIntegrationResponse", { ...name, statusCode: "200", responseTemplates });
  const edited = await body();
  await send("CreateDeployment", { restApiId, stageName: "dev" });
  const deployed = await body();
  const patchOperations = [{ op: "replace" as const, path: "/deploymentId", value: first }];
  await send("UpdateStage", { restApiId, stageName: "dev", patchOperations });
  const rolledBack = await body();
  await send("DeleteStage", { restApiId, stageName: "dev" });

  assert.deepEqual([edited, deployed, rolledBack], ["1", "two", "1"]);
  assert.equal(await body(), '{"message":"Forbidden"}');
});

test("a deleted API and an unknown stage respond with Forbidden", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId } = await deployMethod(gateway);

  const noStage = await gateway.invoke(restApiId, "POST /predict", { stage: "prod" });
  await gateway.send("DeleteRestApi", { restApiId });
  const gone = await gateway.invoke(restApiId, "POST /predict");

  for (const { status, body } of [noStage, gone]) assert.deepEqual([status, body], [403, '{"message":"Forbidden"}']);
});

test("an API can be called by its own host name", async (t) => {
  const { gateway, ...rest } = startApiGateway(t, { run: () => 1 });
  const { restApiId } = await deployMethod({ gateway, ...rest });
  const request = { query: "", rawHeaders: [], body: Buffer.from("{}"), sourceIp: "127.0.0.1", method: "POST" };
  const at = (host: string, path: string) => gateway.route?.({ ...request, path, headers: { host } });

  assert.equal((await at(`${restApiId}.execute-api.localhost:4566`, "/dev/predict"))?.status, 200);
  assert.equal((await at(`${restApiId}.execute-api.us-east-1.localhost:4566`, "/dev/predict/"))?.status, 200);
  assert.equal(at("localhost:4566", "/dev/predict"), undefined);
});

const resources = ["/", "/pets", "/pets/{id}", "/pets/mine", "/pets/{id}/toys", "/{proxy+}", "/deep/{any+}"];
for (const [path, resource, parameters] of [
  ["/", "/", {}],
  ["/pets", "/pets", {}],
  ["/pets/", "/pets", {}],
  ["/pets/mine", "/pets/mine", {}],
  ["/pets/7", "/pets/{id}", { id: "7" }],
  ["/pets/mine/toys", "/pets/{id}/toys", { id: "mine" }],
  ["/pets/7/none", "/{proxy+}", { proxy: "pets/7/none" }],
  ["/deep/a/b", "/deep/{any+}", { any: "a/b" }],
  ["/deep", "/{proxy+}", { proxy: "deep" }],
  ["/constructor", "/{proxy+}", { proxy: "constructor" }],
] as const) {
  test(`routes ${path} to the resource ${resource}`, () => {
    const router = new Router(
      resources.map((one) => ({ id: one, path: one, methods: {} })),
      ({ id }) => id,
    );

    assert.deepEqual(router.find(path), { value: resource, pathParameters: parameters });
  });
}

/** A log without the parts that differ between runs. */
const plain = (log: string | undefined, requestId: string) =>
  (log ?? "")
    .replaceAll(requestId, "<id>")
    .replaceAll(/Root=1-[0-9a-f]{8}-[0-9a-f]{24}/g, "<trace>")
    .split("\n");

test("TestInvokeMethod returns an execution log with AWS's lines", async (t) => {
  const gateway = startApiGateway(t, { run: () => ({ ok: true }) });
  const { restApiId, resourceId } = await deployMethod(gateway, { pathPart: "foo" });

  const { status, body, headers, log } = await gateway.send("TestInvokeMethod", {
    restApiId,
    resourceId,
    httpMethod: "POST",
    pathWithQueryString: "/foo?queryTest=value",
    body: '{"test": "val123"}',
    headers: { "content-type": "application/json" },
  });

  const requestId = /request (\S+)/.exec(log ?? "")?.[1] ?? "";
  const at = "Mon Oct 26 10:21:30 UTC 2026 : ";
  const endpoint = `https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/${functionArn}/invocations`;
  assert.deepEqual([status, body, headers?.["Content-Type"]], [200, '{"ok":true}', "application/json"]);
  assert.deepEqual(plain(log, requestId), [
    "Execution log for request <id>",
    `${at}Starting execution for request: <id>`,
    `${at}HTTP Method: POST, Resource Path: /foo`,
    `${at}Method request path: {}`,
    `${at}Method request query string: {queryTest=value}`,
    `${at}Method request headers: {content-type=application/json}`,
    `${at}Method request body before transformations: {"test": "val123"}`,
    `${at}Endpoint request URI: ${endpoint}`,
    `${at}Endpoint request headers: {x-amzn-lambda-integration-tag=<id>, Authorization=***, x-amzn-apigateway-api-id=${restApiId}, Accept=application/json, User-Agent=AmazonAPIGateway_${restApiId}, X-Amzn-Trace-Id=<trace>, Content-Type=application/json}`,
    `${at}Endpoint request body after transformations: {"test": "val123"}`,
    `${at}Sending request to ${endpoint}`,
    `${at}Received response. Status: 200, Integration latency: 0 ms`,
    `${at}Endpoint response headers: {Date=Mon, 26 Oct 2026 10:21:30 GMT, Content-Type=application/json, Content-Length=11, Connection=keep-alive, x-amzn-RequestId=00000000-0000-4000-8000-000000000000, x-amzn-Remapped-Content-Length=0, X-Amz-Executed-Version=$LATEST, X-Amzn-Trace-Id=<trace>}`,
    `${at}Endpoint response body before transformations: {"ok":true}`,
    `${at}Method response body after transformations: {"ok":true}`,
    `${at}Method response headers: {X-Amzn-Trace-Id=<trace>, Content-Type=application/json}`,
    `${at}Successfully completed execution`,
    `${at}Method completed with status: 200`,
    "",
  ]);
});

test("TestInvokeMethod of a MOCK accepts any path", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId, resourceId } = await deployMethod(gateway, {
    pathPart: "{petId}",
    httpMethod: "GET",
    type: "MOCK",
    integration: { requestTemplates: { "application/json": '{"statusCode": 200}' } },
    responses: { "200": { responseTemplates: { "application/json": `{"petId": "$input.params('petId')"}` } } },
  });
  const testInvoke = (pathWithQueryString?: string) =>
    gateway.send("TestInvokeMethod", { restApiId, resourceId, httpMethod: "GET", pathWithQueryString });

  assert.equal((await testInvoke("/123?foo=bar")).body, '{"petId": "123"}');
  assert.equal((await testInvoke()).body, '{"petId": "{petId}"}');
  assert.equal((await testInvoke("/random/test")).body, '{"petId": ""}');
});

test("TestInvokeMethod logs why a method failed", async (t) => {
  const gateway = startApiGateway(t, { run: () => new FailedFunction("boom") });
  const { restApiId, resourceId } = await deployMethod(gateway, { type: "AWS_PROXY" });

  const { status, body, headers, log } = await gateway.send("TestInvokeMethod", {
    restApiId,
    resourceId,
    httpMethod: "POST",
  });

  assert.deepEqual([status, body], [502, '{"message":"Internal server error"}']);
  assert.deepEqual(headers, { "x-amzn-ErrorType": "InternalServerErrorException" });
  assert.match(
    log ?? "",
    /: Lambda execution failed with status 200 due to customer function error: boom\. Lambda request id: \S+\n/,
  );
  assert.match(log ?? "", /: Method completed with status: 502\n$/);
});

for (const [level, failing, expected] of [
  ["INFO", false, true],
  ["ERROR", false, false],
  ["ERROR", true, true],
  ["OFF", true, false],
] as const) {
  test(`a stage at ${level} ${expected ? "logs" : "does not log"} a ${failing ? "failure" : "success"}`, async (t) => {
    const gateway = startApiGateway(t, { run: () => (failing ? "no proxy answer" : { body: "ok" }) });
    const { restApiId } = await deployMethod(gateway, { type: "AWS_PROXY" });
    const patchOperations = [
      { op: "replace" as const, path: "/*/*/logging/loglevel", value: level },
      { op: "replace" as const, path: "/*/*/logging/dataTrace", value: "false" },
    ];
    await gateway.send("UpdateStage", { restApiId, stageName: "dev", patchOperations });

    const { headers } = await gateway.invoke(restApiId, "POST /predict", { body: '{"secret": 1}' });

    const group = `API-Gateway-Execution-Logs_${restApiId}/dev`;
    const lines = gateway.logged.filter((event) => event.group === group).map(({ message }) => message);
    assert.equal(lines.length > 0, expected);
    assert.ok(lines.every((line) => line.startsWith(`(${headers["x-amzn-requestid"]}) `) && !line.includes("secret")));
  });
}

test("a stage writes one access log line for each request, in its format", async (t) => {
  const gateway = startApiGateway(t, { run: () => 1 });
  const { restApiId } = await deployMethod(gateway);
  const format = '{"ip":"$context.identity.sourceIp","status":"$context.status","length":"$context.responseLength"}';
  const destinationArn = "arn:aws:logs:us-east-1:000000000000:log-group:access";
  await gateway.send("UpdateStage", {
    restApiId,
    stageName: "dev",
    patchOperations: [
      { op: "replace", path: "/accessLogSettings/destinationArn", value: destinationArn },
      { op: "replace", path: "/accessLogSettings/format", value: format },
    ],
  });

  await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.deepEqual(gateway.logged, [{ group: "access", message: '{"ip":"127.0.0.1","status":"200","length":"1"}' }]);
});

test("responses of at least the minimum size are compressed", async (t) => {
  const gateway = startApiGateway(t, { run: () => "a".repeat(100) });
  const { restApiId } = await deployMethod(gateway);
  const patchOperations = [{ op: "replace" as const, path: "/minimumCompressionSize", value: "50" }];
  await gateway.send("UpdateRestApi", { restApiId, patchOperations });
  await gateway.send("CreateDeployment", { restApiId, stageName: "dev" });
  const invokeWith = (encoding: string) =>
    gateway.invoke(restApiId, "POST /predict", { body: "{}", headers: { "Accept-Encoding": encoding } });

  assert.equal((await invokeWith("br, gzip;q=0.5")).headers["content-encoding"], "gzip");
  assert.equal((await invokeWith("br")).headers["content-encoding"], undefined);
});

test("HTTP integrations send what is mapped, and proxies send all, to a web server", async (t) => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers["x-mapped"] ?? request.headers["x-own"]}`);
    response
      .setHeader("X-Back", "b")
      .writeHead(request.url?.includes("missing") ? 404 : 200)
      .end('{"n": 1}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const address = server.address();
  const uri = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/back/{name}`;
  const gateway = startApiGateway(t);
  const method = { requestParameters: { "method.request.path.name": true } };
  const requestParameters = {
    "integration.request.path.name": "method.request.path.name",
    "integration.request.header.X-Mapped": "'m'",
  };
  const mapped = await deployMethod(gateway, {
    pathPart: "{name}",
    type: "HTTP",
    method,
    integration: { uri, requestParameters },
    responses: { "200": {}, "400": { selectionPattern: "4\\d{2}" } },
  });
  const proxied = await deployMethod(gateway, { pathPart: "{name}", type: "HTTP_PROXY", integration: { uri } });

  const found = await gateway.invoke(mapped.restApiId, "POST /a%20b", { body: "{}" });
  const missing = await gateway.invoke(mapped.restApiId, "POST /missing", { body: "{}" });
  const passed = await gateway.invoke(proxied.restApiId, "POST /c?q=1", { body: "{}", headers: { "X-Own": "o" } });

  assert.deepEqual(seen, ["POST /back/a%20b m", "POST /back/missing m", "POST /back/c?q=1 o"]);
  assert.deepEqual([found.status, found.body, missing.status], [200, '{"n": 1}', 400]);
  assert.deepEqual([passed.status, passed.body, passed.headers["x-back"]], [200, '{"n": 1}', "b"]);
});
