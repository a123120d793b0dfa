import assert from "node:assert/strict";
import { test } from "node:test";
import type { ArgDefs } from "./command.js";
import { integer, jsonText, oneOf, parseCommandLine, requireAll } from "./parse.js";

const argDefs = {
  model: { positional: true, required: true, help: "path of the model file" },
  rows: { positional: true, help: "rows as JSON" },
  memory: { help: "memory in MB", parse: integer(128, 10240), default: 512 },
  target: { help: "where", parse: oneOf("local", "aws") },
  hostName: { help: "a name" },
  yes: { flag: true, help: "do not ask" },
} as const satisfies ArgDefs;

for (const [name, argv, parsed] of [
  ["assigns arguments by position", ["a.sav", "[[1]]"], { model: "a.sav", rows: "[[1]]" }],
  ["accepts options anywhere", ["--yes", "a.sav", "--memory", "256"], { model: "a.sav", memory: 256, yes: true }],
  ["accepts a value after an equals sign", ["a.sav", "--memory=256"], { model: "a.sav", memory: 256 }],
  ["hyphenates option names", ["a.sav", "--host-name", "x"], { model: "a.sav", hostName: "x" }],
  ["treats everything after -- as an argument", ["--", "--yes"], { model: "--yes" }],
  ["uses the last of two values", ["a", "--target", "aws", "--target", "local"], { model: "a", target: "local" }],
] as const) {
  test(name, () => {
    assert.deepEqual(parseCommandLine(argv, argDefs), {
      ...{ model: undefined, rows: undefined, memory: 512, target: undefined, hostName: undefined, yes: false },
      ...parsed,
    });
  });
}

test("collects the values of an option that can be repeated", () => {
  const defs = { pip: { repeatable: true, help: "package" } } as const satisfies ArgDefs;

  assert.deepEqual(parseCommandLine(["--pip", "numpy", "--pip=joblib"], defs), { pip: ["numpy", "joblib"] });
  assert.deepEqual(parseCommandLine([], defs), { pip: [] });
});

for (const [name, argv, message, hint] of [
  ["a missing argument", [], "Missing MODEL: path of the model file", /--help/],
  ["a superfluous argument", ["a", "b", "c"], "Unexpected argument: c", /--help/],
  ["an unknown option", ["a", "--memry", "1"], "Unknown option --memry", /Did you mean --memory\?/],
  ["an unknown option without a similar one", ["a", "--zzzzzz"], "Unknown option --zzzzzz", /--help/],
  ["an option without its value", ["a", "--memory"], "--memory requires a value: memory in MB", /--help/],
  ["a value for a flag", ["a", "--yes=1"], "--yes does not take a value", /--help/],
  ["a number out of range", ["a", "--memory", "1"], "--memory: 1 is not an integer from 128 to 10240", /--help/],
  [
    "a number that is not an integer",
    ["a", "--memory", "1e3"],
    "--memory: 1e3 is not an integer from 128 to 10240",
    /--help/,
  ],
  ["a value that is not a choice", ["a", "--target", "gcp"], "--target: gcp is not one of local, aws", /--help/],
] as const) {
  test(`rejects ${name}`, () => {
    assert.throws(() => requireAll(parseCommandLine(argv, argDefs), argDefs), { code: "command-line", message, hint });
  });
}

test("an option that can be repeated has a list of values", () => {
  const defs = { env: { repeatable: true, help: "a variable" } } as const satisfies ArgDefs;

  assert.deepEqual(parseCommandLine(["--env", "A=1", "--env=B=2"], defs), { env: ["A=1", "B=2"] });
  assert.deepEqual(parseCommandLine([], defs), { env: [] });
});

test("a JSON option rejects what is not JSON", () => {
  assert.deepEqual(jsonText('{"a":[1]}'), { a: [1] });
  assert.throws(() => jsonText("{a}"), { code: "command-line", message: /^Not JSON: / });
});

test("an option that is omitted has the value of its environment variable, else its default", () => {
  const defs = { port: { help: "a port", parse: integer(1, 65535), env: "TEPAL_PORT", default: 4566 } } as const;
  const port = (argv: readonly string[], value?: string) => parseCommandLine(argv, defs, { TEPAL_PORT: value }).port;

  assert.deepEqual(
    [port([]), port([], ""), port([], "4567"), port(["--port", "4568"], "4567")],
    [4566, 4566, 4567, 4568],
  );
  assert.throws(() => port([], "x"), {
    code: "command-line",
    message: "The environment variable TEPAL_PORT: x is not an integer from 1 to 65535",
  });
  assert.equal(port(["--port", "4568"], "x"), 4568);
});
