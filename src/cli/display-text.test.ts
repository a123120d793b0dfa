import assert from "node:assert/strict";
import { test } from "node:test";
import { displayWidth, escapeControls, padded, truncated } from "./display-text.js";

for (const [name, text, columns] of [
  ["ASCII", "iris", 4],
  ["accents as one code point", "café", 4],
  ["accents as combining marks", "cafe\u0301", 4],
  ["Chinese", "鸢尾花", 6],
  ["Hangul of several code points", "\u1112\u1161\u11ab", 2],
  ["half-width Katakana", "ｱｲ", 2],
  ["an emoji", "🌸", 2],
  ["an emoji of several code points", "👩‍👩‍👧‍👦", 2],
  ["an emoji with a skin tone", "👍🏽", 2],
  ["a character drawn as an emoji", "❤\ufe0f", 2],
  ["a flag", "🇩🇪", 2],
  ["a zero-width space", "a\u200bb", 2],
] as const) {
  test(`counts the columns of ${name}`, () => {
    assert.equal(displayWidth(text), columns);
  });
}

for (const [text, columns, expected] of [
  ["iris", 4, "iris"],
  ["iris-model", 6, "iris-…"],
  ["鸢尾花模型", 6, "鸢尾…"],
  ["cafe\u0301s-x", 5, "cafe\u0301…"],
  ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, "👩‍👩‍👧‍👦…"],
  ["abc", 0, ""],
] as const) {
  test(`truncates ${text} to ${columns} columns`, () => {
    assert.equal(truncated(text, columns), expected);
    assert.ok(displayWidth(truncated(text, columns)) <= columns);
  });
}

test("pads by columns, not by characters", () => {
  assert.deepEqual([padded("鸢", 4), padded("ab", 4), padded("abcde", 4)], ["鸢  ", "ab  ", "abcde"]);
});

for (const [name, text, shown] of [
  ["the title of the window", "\u001b]0;owned\u0007", "\\u001b]0;owned\\u0007"],
  ["the clipboard", "\u001b]52;c;cm0gLXJmIC8=\u0007", "\\u001b]52;c;cm0gLXJmIC8=\\u0007"],
  ["the screen", "\u001b[2J\u001b[H", "\\u001b[2J\\u001b[H"],
  ["the line above", "\u001b[1A\rok", "\\u001b[1A\\u000dok"],
  ["an 8-bit control sequence", "\u009b2J", "\\u009b2J"],
  ["backspaces", "rm\b\bls\u007f", "rm\\u0008\\u0008ls\\u007f"],
  ["the direction of writing", "user\u202e\u2066resu", "user\\u202e\\u2066resu"],
] as const) {
  test(`shows a sequence that changes ${name}`, () => {
    assert.equal(escapeControls(text), shown);
  });
}

test("keeps tabs, line ends, and what is not a control character", () => {
  assert.equal(escapeControls("a\tb\r\nc 鸢 é 🌸\n"), "a\tb\nc 鸢 é 🌸\n");
});

test("keeps the allowed sequences alone", () => {
  const allowed = new Set(["\u001b[31m"]);
  assert.equal(
    escapeControls("\u001b[31mred\u001b[8mhidden\u001b[2J", allowed),
    "\u001b[31mred\\u001b[8mhidden\\u001b[2J",
  );
});
