// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Velocity writes its references as JavaScript does
import assert from "node:assert/strict";
import { test } from "node:test";
import { deployMethod, startApiGateway } from "../../../../test/support/apigateway.js";

const echo = (event: unknown) => event;

/** The output of `template` for a request, as the function gets it. */
for (const [name, template, body, expected] of [
  ["$input.json of the whole body", "$input.json('$')", '{"a": [1.0, "x"]}', '{"a":[1.0,"x"]}'],
  ["$input.json of a part", "$input.json('$.a[0]')", '{"a": [1.0]}', "1.0"],
  ["$input.json of nothing", "$input.json('$.b')", "{}", '""'],
  ["$input.path printed", "\"$input.path('$')\"", '{"foo": "bar"}', '"{foo=bar}"'],
  ["$input.path of nothing", "\"$input.path('$.b')\"", "{}", '""'],
  ["$input.body", '"$input.body.length()"', "{}", '"2"'],
  ["a property of $input.body", '"$input.body.x"', "{}", '""'],
  ["an empty body", "$input.body", "", "{}"],
  ["$util.urlEncode", '"$util.urlEncode($input.body)"', '{"a": "b c"}', '"%7B%22a%22%3A+%22b+c%22%7D"'],
  ["$util.urlDecode", "\"$util.urlDecode('a%20b+c%')\"", "{}", '"a%20b c%"'],
  [
    "$util.escapeJavaScript",
    "\"$util.escapeJavaScript($input.path('$.t'))\"",
    '{"t": "a\\"b/c\\u00e9"}',
    '"a\\"b\\/c\\u00E9"',
  ],
  ["$util.base64", "\"$util.base64Encode('é') $util.base64Decode('w6k=')\"", "{}", '"w6k= é"'],
  ["$util.parseJson", "#set($o = $util.parseJson($input.path('$.s')))$o.x", '{"s": "{\\"x\\": 3}"}', "3"],
  [
    "$input.params of a path, a query and a header",
    "\"$input.params('id') $input.params('q') $input.params('x-h')\"",
    "{}",
    '"7 two h"',
  ],
  ["$input.params()", '"$input.params().path $input.params().querystring.q"', "{}", '"{id=7} two"'],
  [
    "$context",
    '"$context.httpMethod $context.resourcePath $context.stage $context.path"',
    "{}",
    '"POST /{id} dev /dev/7"',
  ],
  [
    "$context.identity",
    '"$context.identity.sourceIp $context.requestTime"',
    "{}",
    '"127.0.0.1 26/Oct/2026:10:21:30 +0000"',
  ],
  ["$stageVariables", '"$stageVariables.none"', "{}", '""'],
] as const) {
  test(`template: ${name}`, async (t) => {
    let sent = "";
    const gateway = startApiGateway(t, { run: (_event, { payload }) => (sent = Buffer.from(payload).toString()) });
    const integration = { requestTemplates: { "application/json": template } };
    const { restApiId } = await deployMethod(gateway, { pathPart: "{id}", integration });

    const reply = await gateway.invoke(restApiId, "POST /7?q=one&q=two", { body, headers: { "X-H": "h" } });

    assert.equal(sent, expected, `${reply.status} ${reply.body}`);
  });
}

const template = { "application/json": '{"mapped": true}' };
/** AWS's table of passthrough behaviours: the body that the function gets, or the status of the error. */
for (const [behavior, templates, contentType, expected] of [
  ["WHEN_NO_MATCH", template, "application/json", '{"mapped":true}'],
  ["WHEN_NO_MATCH", template, "application/json; charset=utf-8", '{"mapped":true}'],
  ["WHEN_NO_MATCH", template, undefined, '{"mapped":true}'],
  ["WHEN_NO_MATCH", template, "text/plain", '{"raw":1}'],
  ["WHEN_NO_MATCH", {}, "application/json", '{"raw":1}'],
  ["WHEN_NO_TEMPLATES", template, "text/plain", 415],
  ["WHEN_NO_TEMPLATES", {}, "text/plain", '{"raw":1}'],
  ["NEVER", template, "application/json", '{"mapped":true}'],
  ["NEVER", template, "text/plain", 415],
  ["NEVER", {}, "application/json", 415],
  ["NEVER", { $default: '{"fallback": 1}' }, "text/plain", '{"fallback":1}'],
] as const) {
  const name = `${behavior} with ${Object.keys(templates).join() || "no templates"} and ${contentType ?? "no content type"}`;
  test(`passthrough: ${name}`, async (t) => {
    const gateway = startApiGateway(t, { run: echo });
    const integration = { passthroughBehavior: behavior, requestTemplates: templates };
    const { restApiId } = await deployMethod(gateway, { integration });
    const headers = contentType === undefined ? undefined : { "Content-Type": contentType };

    const reply = await gateway.invoke(restApiId, "POST /predict", { body: '{"raw": 1}', headers });

    if (expected === 415) assert.deepEqual([reply.status, reply.body], [415, '{"message":"Unsupported Media Type"}']);
    else assert.equal(reply.body, expected);
  });
}

for (const [name, passthroughBehavior, templates, expected] of [
  ["a null template", "NEVER", { "application/json": null }, '{"raw":1}'],
  ["an empty template", "NEVER", { "application/json": "" }, '{"raw":1}'],
  ["an empty $default template", "WHEN_NO_TEMPLATES", { $default: "" }, '{"raw":1}'],
  ["an empty template of another type", "NEVER", { "text/plain": "" }, '{"message":"Unsupported Media Type"}'],
] as const) {
  test(`a request with ${name} is ${expected.includes("raw") ? "passed through" : "rejected"}`, async (t) => {
    const gateway = startApiGateway(t, { run: echo });
    const integration = { passthroughBehavior, requestTemplates: templates };
    const { restApiId } = await deployMethod(gateway, { integration });

    assert.equal((await gateway.invoke(restApiId, "POST /predict", { body: '{"raw": 1}' })).body, expected);
  });
}

for (const [name, responseTemplates, contentType, body] of [
  ["a null template", { "application/json": null }, "application/json", '{"a":1}'],
  ["an empty template", { "application/json": "" }, "application/json", '{"a":1}'],
  ["an empty template of another type", { "text/csv": "" }, "text/csv", '{"a":1}'],
  ["an empty template beside another", { "application/json": "", "text/csv": "csv" }, "application/json", '{"a":1}'],
  ["a template beside an empty one", { "application/json": "x", "text/csv": "" }, "application/json", "x"],
] as const) {
  test(`a response with ${name} has the body ${body}`, async (t) => {
    const gateway = startApiGateway(t, { run: () => ({ a: 1 }) });
    const { restApiId } = await deployMethod(gateway, { responses: { "200": { responseTemplates } } });

    const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

    assert.deepEqual([reply.body, reply.headers["content-type"]], [body, contentType]);
  });
}

test("a gateway response with an empty template has no body", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId } = await deployMethod(gateway);
  const responseTemplates = { "application/json": "" };
  await gateway.send("PutGatewayResponse", { restApiId, responseType: "DEFAULT_4XX", responseTemplates });
  await gateway.send("CreateDeployment", { restApiId, stageName: "dev" });

  const reply = await gateway.invoke(restApiId, "GET /none");

  assert.deepEqual([reply.status, reply.body, reply.headers["content-type"]], [403, "", "application/json"]);
});

/** What HTTP does not allow: the caller gets AWS's error, not a dropped connection. */
for (const [name, responses] of [
  ["a header outside Latin-1", { "200": { responseParameters: { "method.response.header.X": "'☃'" } } }],
  ["a header name with a blank", responseTemplate('#set($context.responseOverride.header["a b"] = "x")')],
  ["an overridden header outside Latin-1", responseTemplate('#set($context.responseOverride.header.X = "☃")')],
  ["an informational status", responseTemplate("#set($context.responseOverride.status = 100)")],
  ["an informational method response", { "100": {} }],
] as const) {
  test(`a mapping to ${name} is a configuration error`, async (t) => {
    const gateway = startApiGateway(t);
    const { restApiId } = await deployMethod(gateway, { responses });

    const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

    assert.deepEqual([reply.status, reply.body], [500, '{"message":"Internal server error"}']);
    assert.equal(reply.headers["x-amzn-errortype"], "InternalServerErrorException");
  });
}

function responseTemplate(template: string) {
  return { "200": { responseTemplates: { "application/json": template } } };
}

test("a gateway response leaves out what HTTP does not allow", async (t) => {
  const gateway = startApiGateway(t);
  const { restApiId } = await deployMethod(gateway);
  const responseParameters = { "gatewayresponse.header.X": "'☃'", "gatewayresponse.header.Y": "'y'" };
  await gateway.send("PutGatewayResponse", {
    restApiId,
    responseType: "MISSING_AUTHENTICATION_TOKEN",
    statusCode: "100",
    responseParameters,
  });
  await gateway.send("CreateDeployment", { restApiId, stageName: "dev" });

  const { status, headers } = await gateway.invoke(restApiId, "GET /none");

  assert.deepEqual([status, headers.x, headers.y], [403, undefined, "y"]);
});

test("a template can override the status and headers of the response", async (t) => {
  const gateway = startApiGateway(t, { run: () => ({ level: "warn" }) });
  const responseTemplates = {
    "application/json":
      '#set($context.responseOverride.status = 202)#set($context.responseOverride.header.X-Level = $input.path("$.level"))done',
  };
  const { restApiId } = await deployMethod(gateway, { responses: { "200": { responseTemplates } } });

  const reply = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.deepEqual([reply.status, reply.body, reply.headers["x-level"]], [202, "done", "warn"]);
});

test("maps response parameters from constants, the response, the context and stage variables", async (t) => {
  const gateway = startApiGateway(t, { run: () => ({ a: { b: [1, 2] }, t: "x\r\nInjected: 1" }) });
  const responseParameters = {
    "method.response.header.X-Constant": "'fixed'",
    "method.response.header.X-Body": "integration.response.body.a.b",
    "method.response.header.X-Text": "integration.response.body.t",
    "method.response.header.X-Header": "integration.response.header.X-Amz-Executed-Version",
    "method.response.header.X-Stage": "context.stage",
    "method.response.header.X-None": "stageVariables.none",
    "method.response.header.Date": "'kept apart'",
  };
  const { restApiId } = await deployMethod(gateway, { responses: { "200": { responseParameters } } });

  const { headers } = await gateway.invoke(restApiId, "POST /predict", { body: "{}" });

  assert.deepEqual(
    ["x-constant", "x-body", "x-text", "x-header", "x-stage", "x-none", "x-amzn-remapped-date"].map(
      (name) => headers[name],
    ),
    ["fixed", "[1,2]", "x Injected: 1", "$LATEST", "dev", undefined, "kept apart"],
  );
});

test("chooses the response template by the Accept header", async (t) => {
  const gateway = startApiGateway(t, { run: () => 7 });
  const responseTemplates = { "application/json": '{"n": $input.json("$")}', "text/csv": "n\n$input.path('$')" };
  const { restApiId } = await deployMethod(gateway, { responses: { "200": { responseTemplates } } });
  const invokeWith = (Accept: string) =>
    gateway.invoke(restApiId, "POST /predict", { body: "{}", headers: { Accept } });

  const csv = await invokeWith("text/csv, */*");
  const other = await invokeWith("image/png");

  assert.deepEqual([csv.body, csv.headers["content-type"]], ["n\n7", "text/csv"]);
  assert.deepEqual([other.body, other.headers["content-type"]], ['{"n": 7}', "application/json"]);
});

test("a MOCK preflight responds with its mapped headers and invokes no function", async (t) => {
  const gateway = startApiGateway(t, { run: () => assert.fail("called") });
  const { restApiId } = await deployMethod(gateway, {
    httpMethod: "OPTIONS",
    type: "MOCK",
    integration: { requestTemplates: { "application/json": '{"statusCode": 204}' } },
    responses: {
      "200": {},
      "204": {
        selectionPattern: "2\\d{2}",
        responseParameters: { "method.response.header.Access-Control-Allow-Methods": "'POST,OPTIONS'" },
      },
    },
  });

  const { status, headers, body } = await gateway.invoke(restApiId, "OPTIONS /predict");

  assert.deepEqual([status, body, headers["access-control-allow-methods"]], [204, "", "POST,OPTIONS"]);
  assert.equal(headers["x-amzn-trace-id"], undefined);
});

for (const [name, requestTemplate, status] of [
  ["a status without quotes", "{statusCode: 200}", 200],
  ["no status", "{}", 500],
  ["an invalid status", '{"statusCode": "ok"}', 500],
] as const) {
  test(`a MOCK integration with ${name} responds with ${status}`, async (t) => {
    const gateway = startApiGateway(t);
    const integration = { requestTemplates: { "application/json": requestTemplate } };
    const { restApiId } = await deployMethod(gateway, { type: "MOCK", integration });

    assert.equal((await gateway.invoke(restApiId, "POST /predict")).status, status);
  });
}
