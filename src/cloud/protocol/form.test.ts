import assert from "node:assert/strict";
import { test } from "node:test";
import { loadServiceModel } from "./catalog.js";
import { decodeForm, parseForm } from "./form.js";

const iam = await loadServiceModel("iam");

for (const [name, operation, form, input] of [
  [
    "strings and numbers",
    "CreateRole",
    "RoleName=a&MaxSessionDuration=3600&Description=a+%26%20b",
    { RoleName: "a", MaxSessionDuration: 3600, Description: "a & b" },
  ],
  [
    "lists of structures in numeric order",
    "TagRole",
    "Tags.member.10.Key=b&Tags.member.10.Value=2&Tags.member.2.Key=a&Tags.member.2.Value=",
    {
      Tags: [
        { Key: "a", Value: "" },
        { Key: "b", Value: "2" },
      ],
    },
  ],
  [
    "lists of strings",
    "UntagRole",
    "RoleName=a&TagKeys.member.1=x&TagKeys.member.2=y",
    { RoleName: "a", TagKeys: ["x", "y"] },
  ],
  ["an empty list", "CreateRole", "RoleName=a&Tags=", { RoleName: "a", Tags: [] }],
  ["booleans", "ListPolicies", "OnlyAttached=true", { OnlyAttached: true }],
  [
    "forms with unknown names, which are ignored",
    "GetRole",
    "RoleName=a&Other.member.1=x&RoleName.x=y&__proto__.x=1",
    { RoleName: "a" },
  ],
] as const) {
  test(`decodes ${name}`, () => {
    assert.deepEqual(decodeForm(iam.operations.get(operation)!.input, parseForm(form)), input);
  });
}

for (const [name, form] of [
  ["a number that is not one", "MaxSessionDuration=soon"],
  ["too many parameters", "a=1&".repeat(10_001)],
  ["a name nested too deep", `${"a.".repeat(100)}b=1`],
] as const) {
  test(`rejects ${name} with SerializationException`, () => {
    assert.throws(() => decodeForm(iam.operations.get("CreateRole")!.input, parseForm(form)), {
      code: "SerializationException",
    });
  });
}
