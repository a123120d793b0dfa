import assert from "node:assert/strict";
import { test } from "node:test";
import { readCredential } from "./credential.js";

const scope = "AKID/20261122/eu-west-1/lambda/aws4_request";
const found = { accessKeyId: "AKID", region: "eu-west-1", service: "lambda" };

for (const [name, authorization, query, credential] of [
  ["a signature", `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`, "", found],
  ["a signature without spaces", `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=host,Signature=00`, "", found],
  ["a presigned URL", undefined, `X-Amz-Credential=${encodeURIComponent(scope)}&X-Amz-Signature=00`, found],
  ["an unsigned request", undefined, "", undefined],
  ["another kind of authorization", "Basic QVdTOng=", "", undefined],
  ["a scope with a part missing", "AWS4-HMAC-SHA256 Credential=AKID/20261122/lambda/aws4_request", "", undefined],
  ["a scope of another kind", `AWS4-HMAC-SHA256 Credential=${scope}/more`, "", undefined],
  ["a signature without credential", "AWS4-HMAC-SHA256 SignedHeaders=host", "", undefined],
  ["a header that is too long", `AWS4-HMAC-SHA256 ${" ".repeat(9000)}Credential=${scope}`, "", undefined],
] as const) {
  test(`${credential ? "reads the credential of" : "finds no credential in"} ${name}`, () => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    assert.deepEqual(
      readCredential({ method: "GET", path: "/", query, headers, rawHeaders: [], sourceIp: "" }),
      credential,
    );
  });
}
