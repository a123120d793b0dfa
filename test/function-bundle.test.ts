// What the function loads when it starts, and what only when a model needs it: every millisecond of the start is part
// of a cold start.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { projectPath } from "./support/project.js";

interface Part {
  readonly name: string;
  readonly sources: readonly string[];
  readonly packages: readonly string[];
}

const script = pathToFileURL(projectPath("scripts/build-function.mjs")).href;
const { functionParts } = (await import(script)) as {
  functionParts(): Promise<{ readonly eager: readonly Part[]; readonly lazy: readonly Part[] }>;
};
const { eager, lazy } = await functionParts();
const eagerSources = new Set(eager.flatMap(({ sources }) => sources));
const lazySources = new Set(lazy.flatMap(({ sources }) => sources));

/** Readers and estimators, which a function needs only for models of their kind. */
const onDemand = /^src\/model\/(sklearn|xgboost|lightgbm|catboost|onnx|skops|imblearn|compression)\//;
/** What is loaded at the start nonetheless: support vector machines in pipelines, as in the tutorial. */
const loadedAtStart =
  /^src\/model\/sklearn\/(svm|pipeline)\/|^src\/model\/sklearn\/preprocessing\/(label-encoder|scalers)\.ts$/;

test("the function's start loads no other family of estimators and no reader of one format", () => {
  assert.deepEqual(
    [...eagerSources].filter((source) => onDemand.test(source) && !loadedAtStart.test(source)),
    [],
  );
});

test("the function's start loads what every invocation runs", () => {
  for (const source of ["src/function/main.ts", "src/function/handler.ts", "src/model/index.ts"]) {
    assert.ok(eagerSources.has(source), source);
  }
});

test("families of estimators, other formats and the stand-alone server are loaded on demand", () => {
  for (const directory of ["src/model/sklearn/", "src/model/xgboost/", "src/model/onnx/", "src/function/server/"]) {
    assert.ok(
      [...lazySources].some((source) => source.startsWith(directory)),
      directory,
    );
  }
});

test("each source file is in one part", () => {
  assert.deepEqual(
    [...eagerSources].filter((source) => lazySources.has(source)),
    [],
  );
});

test("the function imports nothing but Node's own modules, and onnxruntime-node for ONNX models", () => {
  const packages = new Set([...eager, ...lazy].flatMap((part) => part.packages));

  assert.deepEqual(
    [...packages].filter((name) => !builtinModules.includes(name.replace(/^node:/, "")) && name !== "onnxruntime-node"),
    [],
  );
});

test("the function ends with the licenses of the packages in it", () => {
  const [, notices = ""] = readFileSync(projectPath("dist/function.cjs"), "utf8").split("/*! Third-party notices\n");

  assert.match(notices, /^fflate [\d.]+ \(MIT\)$/m);
  assert.match(notices, /Permission is hereby granted, free of charge/);
  assert.match(notices, /\*\/\n$/);
});
