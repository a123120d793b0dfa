import assert from "node:assert/strict";
import { test } from "node:test";
import { loadServiceModel } from "./catalog.js";
import { decodeJson, parseJsonBody } from "./decode-json.js";
import type { Shape } from "./shape.js";

const [lambda, logs, ecr] = [
  await loadServiceModel("lambda"),
  await loadServiceModel("logs"),
  await loadServiceModel("ecr"),
];

function inputOf(operation: string): Shape {
  for (const { operations } of [lambda, logs, ecr]) {
    const found = operations.get(operation);
    if (found) return found.input;
  }
  throw new Error(`No operation ${operation}`);
}

for (const [name, operation, body, input] of [
  [
    "strings, numbers, lists and maps",
    "CreateFunction",
    '{"FunctionName":"a","Timeout":3,"Layers":["x"],"Tags":{"k":"v"}}',
    { FunctionName: "a", Timeout: 3, Layers: ["x"], Tags: { k: "v" } },
  ],
  ["Base64 as bytes", "CreateFunction", '{"Code":{"ZipFile":"AAH/"}}', { Code: { ZipFile: Uint8Array.of(0, 1, 255) } }],
  [
    "null as an absent member",
    "CreateFunction",
    '{"FunctionName":null,"Layers":[null,"x"],"Tags":{"a":null}}',
    { Layers: ["x"], Tags: {} },
  ],
  [
    "an object with unknown members without them",
    "CreateRepository",
    '{"repositoryName":"a","unknown":{"x":1}}',
    { repositoryName: "a" },
  ],
  ["an empty body as an empty object", "DescribeRepositories", "", {}],
  [
    "a member called __proto__ as a key of a map",
    "CreateFunction",
    '{"Tags":{"__proto__":"x"}}',
    { Tags: Object.fromEntries([["__proto__", "x"]]) },
  ],
] as const) {
  test(`decodes ${name}`, () => {
    assert.deepEqual(decodeJson(inputOf(operation), parseJsonBody(Buffer.from(body))), input);
  });
}

for (const [name, operation, body, message] of [
  ["a body that is not JSON", "CreateFunction", "{", "Unexpected token received from parser"],
  ["bytes that are not UTF-8", "CreateFunction", '"\xff"', "Unexpected token received from parser"],
  ["a number for a string", "CreateFunction", '{"FunctionName":1}', "NUMBER_VALUE can not be converted to a String"],
  ["a string for a number", "CreateFunction", '{"Timeout":"3"}', "STRING_VALUE can not be converted to a Number"],
  ["a string for a boolean", "CreateFunction", '{"Publish":"yes"}', "STRING_VALUE can not be converted to a Boolean"],
  ["a boolean for a string", "CreateFunction", '{"Role":true}', "TRUE_VALUE can not be converted to a String"],
  ["a structure for a string", "CreateFunction", '{"Role":{}}', "Start of structure or map found where not expected."],
  ["a list for a structure", "CreateFunction", '{"Code":[]}', "Start of structure or map found where not expected."],
  ["a string for a list", "CreateFunction", '{"Layers":"x"}', "Unexpected field type"],
  ["a list for the input", "CreateFunction", "[]", "Start of structure or map found where not expected."],
  ["Base64 with a space", "CreateFunction", '{"Code":{"ZipFile":"a bc"}}', "Could not decode a Blob: it is not Base64"],
  ["Base64 cut short", "CreateFunction", '{"Code":{"ZipFile":"AAH"}}', "Could not decode a Blob: it is not Base64"],
  [
    "Base64 of the URL alphabet",
    "CreateFunction",
    '{"Code":{"ZipFile":"AA-_"}}',
    "Could not decode a Blob: it is not Base64",
  ],
  [
    "Base64 with padding inside",
    "CreateFunction",
    '{"Code":{"ZipFile":"AA==AAAA"}}',
    "Could not decode a Blob: it is not Base64",
  ],
  [
    "Base64 of padding only",
    "CreateFunction",
    '{"Code":{"ZipFile":"===="}}',
    "Could not decode a Blob: it is not Base64",
  ],
  [
    "Base64 of another script",
    "CreateFunction",
    '{"Code":{"ZipFile":"\\u0141\\u0141\\u0141\\u0141"}}',
    "Could not decode a Blob: it is not Base64",
  ],
  [
    "more values than any operation has",
    "CreateFunction",
    `{"FunctionName":"f","x":[${"0,".repeat(50_000)}0]}`,
    "The body has more than 50000 JSON values",
  ],
] as const) {
  test(`rejects ${name} with SerializationException`, () => {
    assert.throws(() => decodeJson(inputOf(operation), parseJsonBody(Buffer.from(body, "latin1"))), {
      code: "SerializationException",
      status: 400,
      message,
    });
  });
}
