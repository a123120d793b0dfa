import assert from "node:assert/strict";
import { test } from "node:test";
import { loadServiceModel } from "./catalog.js";
import { encodeXml, escapeXml } from "./xml.js";

const iam = await loadServiceModel("iam");

test("encodes structures as elements in the order of the schema, lists as members, times in ISO 8601", () => {
  const Role = {
    Tags: [{ Key: "k", Value: "" }],
    CreateDate: new Date("2026-01-02T03:04:05Z"),
    RoleName: "a<b",
    MaxSessionDuration: 3600,
    Path: undefined,
  };

  assert.equal(
    encodeXml(iam.operations.get("GetRole")!.output, { Role }),
    "<Role><RoleName>a&lt;b</RoleName><CreateDate>2026-01-02T03:04:05Z</CreateDate>" +
      "<MaxSessionDuration>3600</MaxSessionDuration><Tags><member><Key>k</Key><Value/></member></Tags></Role>",
  );
});

test("replaces characters that XML cannot represent", () => {
  assert.equal(escapeXml("a\u0000b\u001b\t\n\r&\"'ü😀\uffff"), "a\ufffdb\ufffd\t\n&#xD;&amp;&quot;'ü😀\ufffd");
});

test("throws a TypeError for a member that the shape does not have", () => {
  assert.throws(() => encodeXml(iam.operations.get("GetRole")!.output, { Role: { Name: "a" } }), {
    name: "TypeError",
    message: "output.Role.Name is not a member of Role",
  });
});
