import assert from "node:assert/strict";
import { test } from "node:test";
import { whichService } from "./identify-api.js";

for (const [request, body, target, signedFor, answer] of [
  ["GET /", "", undefined, "lambda", { service: "lambda" }],
  ["GET /2015-03-31/functions", "", undefined, "apigateway", { service: "apigateway" }],
  ["GET /", "", undefined, "s3", { unknown: "s3" }],
  ["POST /", "{}", "Logs_20140328.DescribeLogGroups", undefined, { service: "logs" }],
  ["POST /", "{}", "DynamoDB_20120810.ListTables", undefined, { unknown: "DynamoDB_20120810" }],
  ["GET /2015-03-31/functions", "", undefined, undefined, { service: "lambda" }],
  ["GET /restapis", "", undefined, undefined, { service: "apigateway" }],
  ["GET /restapisX", "", undefined, undefined, undefined],
  ["POST /", "Action=GetRole&Version=2010-05-08", undefined, undefined, { service: "iam" }],
  ["GET /?Action=GetCallerIdentity&Version=2011-06-15", "", undefined, undefined, { service: "sts" }],
  ["POST /", "Action=SendMessage&Version=2012-11-05", undefined, undefined, { unknown: "2012-11-05" }],
  ["GET /", "", undefined, undefined, undefined],
] as const) {
  const marks = [target && `target ${target}`, signedFor && `signed for ${signedFor}`].filter(Boolean).join(", ");
  test(`${request} ${body} (${marks || "no marks"}) is for ${JSON.stringify(answer ?? "nobody")}`, () => {
    const [method = "", path = "", query = ""] = request.split(/[ ?]/);
    const headers: Record<string, string> = target === undefined ? {} : { "x-amz-target": target };
    const credential = signedFor && { accessKeyId: "a", region: "r", service: signedFor };
    const asked = { method, path, query, headers, rawHeaders: [], sourceIp: "", body: Buffer.from(body) };

    assert.deepEqual(whichService(asked, credential || undefined), answer);
  });
}
