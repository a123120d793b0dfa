import assert from "node:assert/strict";
import { test } from "node:test";
import { testContext } from "../../test/support/command-context.js";
import { screenOf } from "../../test/support/screen.js";

const hostile = "a\u001b[2Jb\u009b1A\rc";
const shown = "a\\u001b[2Jb\\u009b1A\\u000dc";

test("shows control characters of notes, results and lines on a terminal", () => {
  const { terminal, written } = screenOf();

  terminal.note(hostile);
  terminal.line(hostile);
  terminal.resultText(hostile);

  assert.equal(written(), `${shown}\n`.repeat(3));
});

test("a JSON result has the same meaning on a terminal", () => {
  const { terminal, written } = screenOf({ json: true });

  terminal.result({ hostile }, "");

  assert.ok(!written().includes("\u009b"));
  assert.deepEqual(JSON.parse(written()), { hostile });
});

test("writes strings unchanged into a file or a pipe", () => {
  const { terminal, printed } = testContext();

  terminal.note(hostile);
  terminal.line(hostile);

  assert.deepEqual(printed, { out: `${hostile}\n`, err: `${hostile}\n` });
});

test("keeps its own colors on a terminal, and escapes colors when it has none", () => {
  const [colored, plain] = [screenOf({ color: true }), screenOf()];

  colored.terminal.note(colored.terminal.paint("red", "x\u001b[1A"));
  plain.terminal.note("\u001b[31mx");

  assert.equal(colored.written(), "\u001b[31mx\\u001b[1A\u001b[39m\n");
  assert.equal(plain.written(), "\\u001b[31mx\n");
});

test("keeps the status line below what is printed", () => {
  const { terminal, lines } = screenOf();

  terminal.status("push  10%");
  terminal.note("one");
  terminal.status("push  20%");
  terminal.resultText("two");

  assert.deepEqual(lines(), ["one", "two", "push  20%"]);
  terminal.status("");
  assert.deepEqual(lines(), ["one", "two", ""]);
});

test("truncates the status line to less than the width of the terminal", () => {
  const { terminal, lines } = screenOf({ columns: 10 });

  terminal.status("鸢尾花鸢尾花\u001b[2J");

  assert.deepEqual(lines(), ["鸢尾花鸢…"]);
});

for (const [name, options] of [
  ["--json", { json: true }],
  ["a terminal that cannot replace a line", { animated: false }],
] as const) {
  test(`shows no status line with ${name}`, () => {
    const { terminal, written } = screenOf(options);

    terminal.status("push  10%");

    assert.equal(written(), "");
  });
}
