import assert from "node:assert/strict";
import { test } from "node:test";
import { testContext } from "../../test/support/command-context.js";
import { commands } from "./commands.js";
import { tepal } from "./tepal.js";

test("help lists every command on standard output", async () => {
  const context = testContext();

  assert.equal(await tepal(["--help"], context), 0);
  for (const { name } of commands) assert.match(context.printed.out, new RegExp(`^  ${name} `, "m"));
});

test("no command at all is answered with the help and status 2", async () => {
  const context = testContext();

  assert.equal(await tepal([], context), 2);
  assert.match(context.printed.out, /Usage: tepal COMMAND/);
});

for (const [words, status] of [
  [["cloud"], 2],
  [["cloud", "--help"], 0],
  [["help", "cloud"], 0],
] as const) {
  test(`tepal ${words.join(" ")} lists the commands that begin so, with status ${status}`, async () => {
    const context = testContext();

    assert.equal(await tepal(words, context), status);
    assert.match(context.printed.out, /^ {2}cloud start .*\n {2}cloud stop /m);
    assert.doesNotMatch(context.printed.out, /^ {2}deploy /m);
  });
}

test("tepal help train is tepal train --help", async () => {
  const [asked, meant] = [testContext(), testContext()];

  assert.equal(await tepal(["help", "train"], asked), 0);
  await tepal(["train", "--help"], meant);

  assert.equal(asked.printed.out, meant.printed.out);
  assert.match(asked.printed.out, /^ {2}--label COLUMN .*\(required\)$/m);
});

for (const { name, load } of commands) {
  test(`tepal ${name} --help names all that it takes`, async () => {
    const context = testContext();
    const { takes } = await load();

    assert.equal(await tepal([...name.split(" "), "--help"], context), 0);
    for (const { help } of Object.values(takes)) assert.ok(context.printed.out.includes(help), help);
  });
}

for (const [name, words, printed] of [
  ["an unknown command", ["deplyo"], /Unknown command deplyo\n {2}Did you mean "tepal deploy"\?/],
  ["a wrong second word", ["cloud", "strat"], /Unknown command cloud strat\n {2}Did you mean "tepal cloud start"\?/],
  ["a missing argument", ["predict"], /^tepal predict: Missing MODEL: /],
  ["a name that AWS would refuse", ["deploy", "m.sav", "--name", "No"], /The name must be .*; got "No"\n/],
  ["an unknown option", ["predict", "a", "--jsno"], /Unknown option --jsno\n {2}Did you mean --json\?/],
] as const) {
  test(`${name} ends with status 2 and says what to type`, async () => {
    const context = testContext();

    assert.equal(await tepal(words, context), 2);
    assert.match(context.printed.err, printed);
    assert.equal(context.printed.out, "");
  });
}

test("under --json an error is one JSON document", async () => {
  const context = testContext({ json: true });

  assert.equal(await tepal(["predict", "--json"], context), 2);
  assert.deepEqual(JSON.parse(context.printed.out).error.code, "command-line");
});
