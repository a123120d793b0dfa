// The sources of clients: types from the signature, and names of hostile files.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feature, Signature } from "../../model/index.js";
import { type ClientLanguage, clientSource } from "./index.js";

const number = (name: string): Feature => ({ name, kind: "number", missing: false });

function signatureOf(changes: Partial<Signature>): Signature {
  return {
    format: "pickle",
    type: "sklearn.svm.SVC",
    libraries: {},
    features: [number("x0"), number("x1")],
    named: false,
    methods: [{ name: "predict", output: { kind: "label" } }],
    parameters: {},
    ...changes,
  };
}

function sourceOf(language: ClientLanguage, changes: Partial<Signature>, title = "iris"): string {
  return clientSource(language, { title, signature: signatureOf(changes) });
}

const color: Feature = { name: "the color", kind: "category", categories: ["red", "blue"], missing: true };
const size: Feature = { name: "size", kind: "number", missing: false, unused: true };

for (const [name, changes, typescript, python] of [
  ["columns without names", {}, "Row = readonly number[];", "Row = Sequence[float]\n"],
  [
    "columns with names, categories and missing values",
    { named: true, features: [color, size] },
    'Row = {\n  readonly "the color": "red" | "blue" | (string & {}) | null;\n  readonly size?: number;\n};',
    'Row = TypedDict("Row", {\n    "the color": Optional[str],\n    "size": Optional[float],\n})',
  ],
  ["documents", { features: [{ name: "x", kind: "text", missing: false }] }, "Row = string;", "Row = str\n"],
  ["classes", { classes: ["a", 'b"'] }, 'Label = "a" | "b\\"";', 'Label = Union[Literal["a"], Literal["b\\""]]'],
  ["classes that are floats", { classes: [0.5, 1.5] }, "Label = 0.5 | 1.5;", "Label = float\n"],
  [
    "a method with columns",
    { methods: [{ name: "transform", output: { kind: "number", columns: 2 } }] },
    "readonly transform: readonly number[];",
    'DEFAULT_METHOD: Method = "transform"',
  ],
] as const satisfies readonly (readonly [string, Partial<Signature>, string, string])[]) {
  test(`types ${name}`, () => {
    for (const [language, expected] of [
      ["typescript", typescript],
      ["python", python],
    ] as const) {
      const source = sourceOf(language, changes);
      assert.ok(source.includes(expected), `${expected}\nis not in\n${source.slice(0, 2500)}`);
    }
  });
}

test("a name of a file cannot leave its comment or string", () => {
  const hostile = 'x"""\nimport os\n*/\u2028`\\';
  for (const language of ["typescript", "python"] as const) {
    const source = sourceOf(
      language,
      { type: hostile, named: true, features: [number(hostile)], classes: [hostile] },
      hostile,
    );

    assert.doesNotMatch(source, /^import os$/m, language);
    assert.ok(source.includes(JSON.stringify(hostile)), language);
  }
});

test("the types of many classes or columns stay small", () => {
  const classes = Array.from({ length: 5_000 }, (_, index) => `class ${index}`);
  const features = classes.map(number);

  assert.ok(sourceOf("typescript", { classes, features, named: true }).length < 20_000);
  assert.ok(sourceOf("python", { classes, features, named: true }).length < 20_000);
});
