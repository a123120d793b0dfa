import assert from "node:assert/strict";
import { test } from "node:test";
import { dockerCredentials } from "./docker-config.js";

const config = Buffer.from(
  JSON.stringify({
    auths: {
      "https://index.docker.io/v1/": { auth: Buffer.from("me:a:b").toString("base64") },
      "localhost:4566": { auth: Buffer.from("AWS:token").toString("base64") },
      "helped.example": {},
    },
    credsStore: "desktop",
  }),
);

for (const [registry, expected] of [
  ["docker.io", { username: "me", password: "a:b" }],
  ["localhost:4566", { username: "AWS", password: "token" }],
  ["helped.example", undefined],
  ["ghcr.io", undefined],
] as const) {
  test(`the credentials for ${registry} are ${expected ? `those of ${expected.username}` : "undefined"}`, () => {
    assert.deepEqual(dockerCredentials(config, registry), expected);
  });
}

for (const [name, text] of [
  ["a config that is not JSON", "{"],
  ["a list", "[]"],
  ["an auth without a colon", '{"auths":{"a.example":{"auth":"bWU="}}}'],
] as const) {
  test(`rejects ${name}`, () => {
    assert.throws(() => dockerCredentials(Buffer.from(text), "a.example"), { code: "image-document-invalid" });
  });
}
