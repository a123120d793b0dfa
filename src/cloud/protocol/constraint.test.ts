import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNumber, checkString, rejectViolations } from "./constraint.js";

test("reports all violations of a request in one error, with AWS's messages", () => {
  const violations = [
    ...checkString("functionName", "a b", { pattern: "[a-z]+", charactersMax: 2 }),
    ...checkNumber("timeout", 901, { min: 1, max: 900 }),
    ...checkString("packageType", "Tar", { oneOf: ["Zip", "Image"] }),
  ];

  assert.throws(() => rejectViolations("ValidationException", violations), {
    code: "ValidationException",
    status: 400,
    message:
      "4 validation errors detected: " +
      "Value 'a b' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 2; " +
      "Value 'a b' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+; " +
      "Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900; " +
      "Value 'Tar' at 'packageType' failed to satisfy constraint: Member must satisfy enum value set: [Zip, Image]",
  });
});

test("accepts absent members and members within their bounds", () => {
  assert.deepEqual(
    [
      ...checkString("a", undefined, { charactersMin: 1 }),
      ...checkString("a", "ab", { charactersMin: 1, charactersMax: 2, pattern: "a|ab" }),
      ...checkNumber("b", 1, { min: 1, max: 1 }),
    ],
    [],
  );
});
