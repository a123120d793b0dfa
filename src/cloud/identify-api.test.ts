import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyApi } from "./identify-api.js";

for (const [line, body, target, signedFor, expected] of [
  ["GET /", "", undefined, "lambda", { api: "lambda" }],
  ["GET /2015-03-31/functions", "", undefined, "apigateway", { api: "apigateway" }],
  ["GET /restapis", "", undefined, "apigateway", { api: "apigateway" }],
  ["GET /v2/apis", "", undefined, "apigateway", { unimplemented: "apigatewayv2" }],
  ["GET /v2/apis", "", undefined, undefined, undefined],
  ["GET /v2/apis?X-Amz-Signature=00", "", undefined, undefined, { unimplemented: "apigatewayv2" }],
  ["GET /", "", undefined, "s3", { unimplemented: "s3" }],
  ["POST /", "{}", "Logs_20140328.DescribeLogGroups", undefined, { api: "logs" }],
  ["POST /", "{}", "DynamoDB_20120810.ListTables", undefined, { unimplemented: "DynamoDB_20120810" }],
  ["GET /2015-03-31/functions", "", undefined, undefined, { api: "lambda" }],
  ["GET /restapis", "", undefined, undefined, { api: "apigateway" }],
  ["GET /restapisX", "", undefined, undefined, undefined],
  ["POST /", "Action=GetRole&Version=2010-05-08", undefined, undefined, { api: "iam" }],
  ["GET /?Action=GetCallerIdentity&Version=2011-06-15", "", undefined, undefined, { api: "sts" }],
  ["POST /", "Action=SendMessage&Version=2012-11-05", undefined, undefined, { unimplemented: "2012-11-05" }],
  ["GET /", "", undefined, undefined, undefined],
] as const) {
  const details = [body, target && `with target ${target}`, signedFor && `signed for ${signedFor}`].filter(Boolean);
  test(`identifies the API of ${line} ${details.join(" ")} as ${JSON.stringify(expected ?? "none")}`, () => {
    const [method = "", path = "", query = ""] = line.split(/[ ?]/);
    const headers: Record<string, string> = target === undefined ? {} : { "x-amz-target": target };
    const credential = signedFor && { accessKeyId: "a", region: "r", service: signedFor };
    const request = { method, path, query, headers, rawHeaders: [], sourceIp: "", body: Buffer.from(body) };

    assert.deepEqual(identifyApi(request, credential || undefined), expected);
  });
}
