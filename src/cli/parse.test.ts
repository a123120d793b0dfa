import assert from "node:assert/strict";
import { test } from "node:test";
import type { Takes } from "./command.js";
import { oneOf, parseCommandLine, requireAll, wholeNumber } from "./parse.js";

const takes = {
  model: { positional: true, required: true, help: "path of the model file" },
  rows: { positional: true, help: "rows as JSON" },
  memory: { help: "memory in MB", parse: wholeNumber(128, 10240), default: 512 },
  target: { help: "where", parse: oneOf("local", "aws") },
  hostName: { help: "a name" },
  yes: { flag: true, help: "do not ask" },
} as const satisfies Takes;

for (const [name, words, given] of [
  ["arguments go by position", ["a.sav", "[[1]]"], { model: "a.sav", rows: "[[1]]" }],
  ["options stand anywhere", ["--yes", "a.sav", "--memory", "256"], { model: "a.sav", memory: 256, yes: true }],
  ["a value may follow an equals sign", ["a.sav", "--memory=256"], { model: "a.sav", memory: 256 }],
  ["a name of two words has a hyphen", ["a.sav", "--host-name", "x"], { model: "a.sav", hostName: "x" }],
  ["after -- everything is an argument", ["--", "--yes"], { model: "--yes" }],
  ["the last of two values counts", ["a", "--target", "aws", "--target", "local"], { model: "a", target: "local" }],
] as const) {
  test(name, () => {
    assert.deepEqual(parseCommandLine(words, takes), {
      ...{ model: undefined, rows: undefined, memory: 512, target: undefined, hostName: undefined, yes: false },
      ...given,
    });
  });
}

for (const [name, words, message, hint] of [
  ["a missing argument", [], "Missing MODEL: path of the model file", /--help/],
  ["an argument too many", ["a", "b", "c"], "One argument too many: c", /--help/],
  ["an unknown option", ["a", "--memry", "1"], "Unknown option --memry", /Did you mean --memory\?/],
  ["an option like no other", ["a", "--zzzzzz"], "Unknown option --zzzzzz", /--help/],
  ["an option without its value", ["a", "--memory"], "--memory needs a value: memory in MB", /--help/],
  ["a value for a flag", ["a", "--yes=1"], "--yes takes no value", /--help/],
  ["a number out of range", ["a", "--memory", "1"], "--memory: 1 is not a whole number from 128 to 10240", /--help/],
  [
    "a number that is none",
    ["a", "--memory", "1e3"],
    "--memory: 1e3 is not a whole number from 128 to 10240",
    /--help/,
  ],
  ["a word that is not offered", ["a", "--target", "gcp"], "--target: gcp is not one of local, aws", /--help/],
] as const) {
  test(`${name} is refused`, () => {
    assert.throws(() => requireAll(parseCommandLine(words, takes), takes), { code: "command-line", message, hint });
  });
}
