import assert from "node:assert/strict";
import { test } from "node:test";
import { formatReference, isExplicitReference, parseReference } from "./reference.js";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

for (const [text, full] of [
  ["node", "docker.io/library/node:latest"],
  ["node:20-slim", "docker.io/library/node:20-slim"],
  ["user/app", "docker.io/user/app:latest"],
  ["localhost:4566/iris", "localhost:4566/iris:latest"],
  ["localhost/iris:v1", "localhost/iris:v1"],
  ["[::1]:5000/a/b:c", "[::1]:5000/a/b:c"],
  ["public.ecr.aws/lambda/nodejs:22", "public.ecr.aws/lambda/nodejs:22"],
  [`ghcr.io/a/b@${digest}`, `ghcr.io/a/b@${digest}`],
  [`ghcr.io/a/b:v1@${digest}`, `ghcr.io/a/b:v1@${digest}`],
] as const) {
  test(`${text} is short for ${full}`, () => {
    assert.equal(formatReference(parseReference(text)), full);
  });
}

for (const [text, fault] of [
  ["", '"library/" is not a repository\'s name'],
  ["Iris", '"library/Iris" is not a repository\'s name'],
  ["a//b", '"a//b" is not a repository\'s name'],
  ["../a", '".." is not a registry\'s host'],
  ["iris:", '"" is not a tag'],
  ["iris:a b", '"a b" is not a tag'],
  ["iris@sha256:12", '"sha256:12" is not sha256: and 64 hex digits'],
  [`iris/${"a".repeat(255)}`, "its name has 270 characters, at most 255"],
] as const) {
  test(`rejects the reference "${text.slice(0, 20)}"`, () => {
    assert.throws(() => parseReference(text), {
      code: "image-reference-invalid",
      message: `"${text}" is not an image reference: ${fault}`,
    });
  });
}

for (const [text, isExplicit] of [
  ["churn:v1", true],
  ["ghcr.io/me/churn", true],
  ["localhost:4566/churn", true],
  ["docker.io/library/churn", true],
  [`churn@${digest}`, true],
  ["churn", false],
  ["me/churn", false],
  ["model.pkl", false],
  ["./model.pkl", false],
  ["bundle.pkl::scaler", false],
  ["Model.pkl:v1", false],
] as const) {
  test(`${text} ${isExplicit ? "names an image" : "can be the name of a file"}`, () => {
    assert.equal(isExplicitReference(text), isExplicit);
  });
}
