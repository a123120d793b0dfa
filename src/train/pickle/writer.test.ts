import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { bool, bytes, call, dict, float, global, int, list, none, object, str, tuple, writePickle } from "./writer.js";

const noPython = spawnSync("python3", ["--version"]).status === 0 ? false : "python3 is not installed";

/** What Python's own unpickler reads, as its repr(). */
function readByPython(pickle: Uint8Array): string {
  const program = "import pickle, sys; print(ascii(pickle.load(sys.stdin.buffer)))";
  const { stdout, stderr, status } = spawnSync("python3", ["-c", program], { input: pickle, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

for (const [name, value, expected] of [
  ["None and booleans", tuple(none, bool(true), bool(false)), "(None, True, False)"],
  [
    "integers at the ends of their opcodes",
    list([0, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, -(2 ** 53) + 1].map(int)),
    "[0, -1, 2147483647, -2147483648, 2147483648, -9007199254740991]",
  ],
  ["floats", list([0, -0, 0.1, 1e308, Number.POSITIVE_INFINITY].map(float)), "[0.0, -0.0, 0.1, 1e+308, inf]"],
  [
    "text and bytes",
    tuple(str("é\u{1F33C}"), bytes(Uint8Array.of(0, 255))),
    String.raw`('\xe9\U0001f33c', b'\x00\xff')`,
  ],
  [
    "empty and nested collections",
    tuple(tuple(), list([]), dict({}), dict({ a: list([tuple(int(1))]) })),
    "((), [], {}, {'a': [(1,)]})",
  ],
  ["a call", call(global("fractions", "Fraction"), tuple(int(1), int(3))), "Fraction(1, 3)"],
  ["an object with a state", object(global("types", "SimpleNamespace"), dict({ x: int(1) })), "namespace(x=1)"],
] as const) {
  test(`Python reads ${name}`, { skip: noPython }, () => {
    assert.equal(readByPython(writePickle(value)), expected);
  });
}

test("rejects an integer that is not safe", () => {
  assert.throws(() => writePickle(int(2 ** 53)), RangeError);
});
