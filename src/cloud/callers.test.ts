import assert from "node:assert/strict";
import { test } from "node:test";
import { isAddressedHere, isFromAnotherSite } from "./callers.js";

function head(headers: Record<string, string>) {
  return { method: "GET", path: "/", query: "", headers, rawHeaders: [], sourceIp: "127.0.0.1" };
}

for (const [host, own] of [
  ["localhost:4566", true],
  ["LocalHost", true],
  ["127.0.0.1:4566", true],
  ["[::1]:4566", true],
  ["a1b2.execute-api.localhost:4566", true],
  ["cloud.internal:4566", true],
  ["evil.com", false],
  ["evil.com:4566", false],
  ["localhost.evil.com", false],
  ["127.0.0.1.evil.com", false],
  ["evil-localhost", false],
  ["localhost, evil.com", false],
  ["", false],
] as const) {
  test(`${own ? "accepts" : "rejects"} the host ${JSON.stringify(host)}`, () => {
    assert.equal(isAddressedHere(head({ host }), "cloud.internal:4566"), own);
  });
}

for (const [headers, other] of [
  [{}, false],
  [{ origin: "http://localhost:3000" }, false],
  [{ origin: "http://127.0.0.1:4566", "sec-fetch-site": "cross-site" }, false],
  [{ origin: "https://evil.com" }, true],
  [{ origin: "http://localhost.evil.com" }, true],
  [{ origin: "null" }, true],
  [{ "sec-fetch-site": "cross-site" }, true],
  [{ "sec-fetch-site": "none" }, false],
] as const) {
  test(`${other ? "detects" : "does not suspect"} another site by ${JSON.stringify(headers)}`, () => {
    assert.equal(isFromAnotherSite(head(headers)), other);
  });
}
