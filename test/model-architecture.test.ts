// The inner walls of src/model (DESIGN.md): which directories may import which.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { projectPath } from "./support/project.js";

/** Models of gradient boosting libraries: siblings of sklearn/ that can also be inside its estimators. */
const boosters = ["xgboost", "lightgbm", "catboost"];

/** What a directory of the room may import besides itself: nothing else, and nothing less. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "errors.ts": [],
  math: [],
  wasm: ["math"],
  core: ["errors.ts", "math"],
  pickle: ["errors.ts"],
  compression: ["errors.ts", "pickle"],
  json: ["errors.ts", "pickle"],
  numpy: ["core", "errors.ts", "math", "pickle"],
  scipy: ["errors.ts", "estimator", "numpy", "pickle"],
  pandas: ["core", "errors.ts", "estimator", "numpy", "pickle"],
  joblib: ["errors.ts", "numpy", "pickle"],
  regex: ["errors.ts"],
  libsvm: ["core", "errors.ts", "math", "pickle", "scipy", "wasm"],
  estimator: ["core", "errors.ts", "math", "numpy", "pickle", "scipy"],
  // scikit-learn's support vector machines are LIBSVM's.
  sklearn: ["core", "errors.ts", "estimator", "libsvm", "math", "numpy", "pandas", "pickle", "regex", "scipy", "wasm"],
  xgboost: ["core", "errors.ts", "estimator", "json", "math", "numpy", "pickle"],
  lightgbm: ["core", "errors.ts", "estimator", "math", "numpy", "pickle"],
  catboost: ["core", "errors.ts", "estimator", "json", "math", "pickle"],
  // imbalanced-learn is built on scikit-learn.
  imblearn: ["estimator", "pickle", "sklearn"],
  "feature-engine": ["core", "estimator", "math", "numpy", "pandas", "pickle"],
  skopt: ["estimator"],
  "sklearn-pandas": ["estimator", "pickle", "sklearn"],
  mlxtend: ["core", "errors.ts", "estimator", "numpy", "pickle", "sklearn"],
  "category-encoders": ["core", "estimator", "numpy", "pandas", "pickle"],
  onnx: ["core", "errors.ts", "pickle"],
  registry: ["core", "errors.ts", "estimator", "joblib", "numpy", "pickle", "scipy"],
  archive: ["errors.ts"],
  skops: ["archive", "errors.ts", "json", "numpy", "pickle", "registry"],
  chain: ["core", "errors.ts", "estimator", "formats", "numpy", "pandas", "pickle", "regex", "registry"],
  formats: [
    "archive",
    "catboost",
    "compression",
    "core",
    "errors.ts",
    "libsvm",
    "lightgbm",
    "onnx",
    "pickle",
    "registry",
    "skops",
    "xgboost",
  ],
  "index.ts": ["chain", "core", "formats", "numpy"],
};

/** The one file that names the families. */
const familyTable = "registry/families.ts";

/** Which modules of scikit-learn are built on another one: as in scikit-learn itself. */
const sklearnArrows: Readonly<Record<string, readonly string[]>> = {
  cluster: ["metrics"],
  decomposition: ["metrics"],
  ensemble: ["tree"],
  "gaussian-process": ["metrics"],
  "kernel-approximation": ["metrics"],
  "kernel-ridge": ["metrics"],
  manifold: ["neighbors"],
  neighbors: ["metrics"],
  "semi-supervised": ["metrics", "neighbors"],
};

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

function violationsOf({ path, text }: SourceFile): string[] {
  return importsOf({ path, text }).flatMap((target) => violationOf(path, target) ?? []);
}

/** The files of the room that a file imports, statically or on demand. */
function importsOf({ path, text }: SourceFile): string[] {
  return Array.from(text.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g), ([, specifier]) =>
    normalize(join(dirname(path), specifier!))
      .replaceAll("\\", "/")
      .replace(/\.js$/, ".ts"),
  ).filter((target) => !target.startsWith(".."));
}

function violationOf(path: string, target: string): string | undefined {
  const [part, module] = path.split("/") as [string, ...string[]];
  const [targetPart, targetModule] = target.split("/") as [string, ...string[]];
  if (path === familyTable && target.endsWith("/index.ts")) return undefined;
  if (part !== targetPart) {
    const isAllowed = allowed[part]?.includes(targetPart);
    return isAllowed ? undefined : `${path} imports ${target}: ${part} must not import ${targetPart}`;
  }
  if (part !== "sklearn" || module === targetModule) return undefined;
  if (!sklearnArrows[module!]?.includes(targetModule!)) return `${path} imports ${target}: no such arrow`;
  return target === `sklearn/${targetModule}/index.ts` ? undefined : `${path} imports ${target}, not its index.ts`;
}

function sourceFiles(): SourceFile[] {
  const root = projectPath("src/model");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.includes("fixtures"))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

test("every file of the model room keeps its inner walls", () => {
  const files = sourceFiles();
  assert.ok(files.length > 0);
  assert.deepEqual(files.flatMap(violationsOf), []);
});

test("boosters and sklearn/ never import each other", () => {
  for (const part of ["sklearn", ...boosters]) {
    for (const other of ["sklearn", ...boosters]) assert.ok(part === other || !allowed[part]?.includes(other));
  }
});

test("every arrow in the tables is used", () => {
  const used = new Set<string>();
  for (const file of sourceFiles().filter(({ path }) => path !== familyTable)) {
    const [part, module] = file.path.split("/");
    for (const target of importsOf(file)) {
      const [targetPart, targetModule] = target.split("/");
      used.add(part === targetPart ? `${part}: ${module} -> ${targetModule}` : `${part} -> ${targetPart}`);
    }
  }
  const listed = [
    ...Object.entries(allowed).flatMap(([part, others]) => others.map((other) => `${part} -> ${other}`)),
    ...Object.entries(sklearnArrows).flatMap(([part, others]) => others.map((other) => `sklearn: ${part} -> ${other}`)),
  ];
  assert.deepEqual(
    listed.filter((arrow) => !used.has(arrow)),
    [],
  );
});

for (const [violation, path, specifier] of [
  ["a booster that imports scikit-learn", "xgboost/x.ts", "../sklearn/tree/index.js"],
  ["a scikit-learn module that imports a booster", "sklearn/ensemble/x.ts", "../../lightgbm/index.js"],
  ["a booster that imports another booster", "lightgbm/x.ts", "../xgboost/trees.js"],
  ["an arrow between scikit-learn modules that is not listed", "sklearn/svm/x.ts", "../tree/index.js"],
  ["a listed arrow past index.ts", "sklearn/ensemble/x.ts", "../tree/tree.js"],
  ["an estimator that imports the registry", "sklearn/pipeline/x.ts", "../../registry/registry.js"],
  ["the estimator interface that imports an estimator", "estimator/x.ts", "../sklearn/svm/index.js"],
  ["a registry file beside the table that names a family", "registry/x.ts", "../sklearn/svm/index.js"],
  ["the table of families past an index.ts", familyTable, "../sklearn/svm/svm.js"],
  ["a core that imports a format", "core/x.ts", "../pickle/values.js"],
  ["a directory that is not listed", "utils/x.ts", "../core/model.js"],
] as const) {
  test(`finds ${violation}`, () => {
    assert.equal(violationsOf({ path, text: `import { a } from "${specifier}";` }).length, 1);
    assert.equal(violationsOf({ path, text: `const a = await import("${specifier}");` }).length, 1);
  });
}

test("accepts listed arrows, a module's own files and lazily loaded families", () => {
  for (const [path, specifier] of [
    ["sklearn/ensemble/x.ts", "../tree/index.js"],
    ["sklearn/svm/x.ts", "./svm.js"],
    ["sklearn/svm/x.ts", "../../estimator/estimator.js"],
    [familyTable, "../sklearn/svm/index.js"],
    ["xgboost/x.ts", "../../base/index.js"],
  ] as const) {
    assert.deepEqual(violationsOf({ path, text: `import { a } from "${specifier}";` }), []);
  }
});
