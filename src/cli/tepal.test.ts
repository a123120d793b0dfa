import assert from "node:assert/strict";
import { test } from "node:test";
import { testWorld } from "../../test/support/world.js";
import { commands } from "./commands.js";
import { tepal } from "./tepal.js";

test("help lists every command on standard output", async () => {
  const world = testWorld();

  assert.equal(await tepal(["--help"], world), 0);
  for (const { name } of commands) assert.match(world.printed.out, new RegExp(`^  ${name} `, "m"));
});

test("no command at all is answered with the help and status 2", async () => {
  const world = testWorld();

  assert.equal(await tepal([], world), 2);
  assert.match(world.printed.out, /Usage: tepal COMMAND/);
});

for (const [words, status] of [
  [["cloud"], 2],
  [["cloud", "--help"], 0],
  [["help", "cloud"], 0],
] as const) {
  test(`tepal ${words.join(" ")} lists the commands that begin so, with status ${status}`, async () => {
    const world = testWorld();

    assert.equal(await tepal(words, world), status);
    assert.match(world.printed.out, /^ {2}cloud start .*\n {2}cloud stop /m);
    assert.doesNotMatch(world.printed.out, /^ {2}deploy /m);
  });
}

test("tepal help train is tepal train --help", async () => {
  const [asked, meant] = [testWorld(), testWorld()];

  assert.equal(await tepal(["help", "train"], asked), 0);
  await tepal(["train", "--help"], meant);

  assert.equal(asked.printed.out, meant.printed.out);
  assert.match(asked.printed.out, /^ {2}--label COLUMN .*\(required\)$/m);
});

for (const { name, load } of commands) {
  test(`tepal ${name} --help names all that it takes`, async () => {
    const world = testWorld();
    const { takes } = await load();

    assert.equal(await tepal([...name.split(" "), "--help"], world), 0);
    for (const { help } of Object.values(takes)) assert.ok(world.printed.out.includes(help), help);
  });
}

for (const [name, words, printed] of [
  ["an unknown command", ["deplyo"], /Unknown command deplyo\n {2}Did you mean "tepal deploy"\?/],
  ["a wrong second word", ["cloud", "strat"], /Unknown command cloud strat\n {2}Did you mean "tepal cloud start"\?/],
  ["a missing argument", ["predict"], /^tepal predict: Missing MODEL: /],
  ["a name that AWS would refuse", ["deploy", "m.sav", "--name", "No"], /The name must be .*; it is "No"\n/],
  ["an unknown option", ["predict", "a", "--jsno"], /Unknown option --jsno\n {2}Did you mean --json\?/],
] as const) {
  test(`${name} ends with status 2 and says what to type`, async () => {
    const world = testWorld();

    assert.equal(await tepal(words, world), 2);
    assert.match(world.printed.err, printed);
    assert.equal(world.printed.out, "");
  });
}

test("under --json an error is one JSON document", async () => {
  const world = testWorld({ json: true });

  assert.equal(await tepal(["predict", "--json"], world), 2);
  assert.deepEqual(JSON.parse(world.printed.out).error.code, "command-line");
});
