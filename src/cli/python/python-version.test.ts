import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseVersion, pythonVersion } from "./python-version.js";

for (const [requires, machine, expected] of [
  [undefined, "3.11", "3.11"],
  [undefined, undefined, undefined],
  [">=3.9", "3.11", "3.11"],
  [">=3.10, <3.13", "3.13", "3.12"],
  [">=3.12", "3.11", "3.14"],
  [">=3.12.4", "3.12", "3.12"],
  [">3.12", "3.12", "3.14"],
  ["<=3.10", "3.11", "3.9"],
  ["<3.12.5", "3.13", "3.12"],
  ["~=3.11", "3.10", "3.14"],
  ["~=3.11.2", "3.12", "3.11"],
  ["==3.10.*", "3.12", "3.10"],
  ["!=3.11.*", "3.11", "3.14"],
  ["!=3.11.2", "3.11", "3.11"],
  [">=3", "3.12", "3.12"],
  ["<4", "3.12", "3.12"],
  [">=2.7", "3.12", "3.12"],
  ["<3", "3.12", undefined],
  [">=4", "3.12", undefined],
  ["", "3.12", "3.12"],
] as const) {
  test(`chooses ${expected} for requires-python ${requires} on a machine with ${machine}`, () => {
    assert.equal(chooseVersion(requires, machine), expected);
  });
}

test("accepts a minor version of Python 3 as --python", () => {
  assert.equal(pythonVersion("3.12"), "3.12");
  for (const text of ["3", "2.7", "3.12.1", "python3.12", ""]) {
    assert.throws(() => pythonVersion(text), { code: "command-line" });
  }
});
