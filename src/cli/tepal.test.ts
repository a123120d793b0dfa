import assert from "node:assert/strict";
import { test } from "node:test";
import { testContext } from "../../test/support/command-context.js";
import { commands } from "./commands.js";
import { tepal } from "./tepal.js";

test("lists every command on standard output with --help", async () => {
  const context = testContext();

  assert.equal(await tepal(["--help"], context), 0);
  for (const { name } of commands) assert.match(context.printed.out, new RegExp(`^  ${name} `, "m"));
});

test("prints the help and returns status 2 without a command", async () => {
  const context = testContext();

  assert.equal(await tepal([], context), 2);
  assert.match(context.printed.out, /Usage: tepal COMMAND/);
});

for (const [argv, status] of [
  [["cloud"], 2],
  [["cloud", "--help"], 0],
  [["help", "cloud"], 0],
] as const) {
  test(`tepal ${argv.join(" ")} lists the commands of this group and returns status ${status}`, async () => {
    const context = testContext();

    assert.equal(await tepal(argv, context), status);
    assert.match(context.printed.out, /^ {2}cloud start .*\n {2}cloud stop /m);
    assert.doesNotMatch(context.printed.out, /^ {2}deploy /m);
  });
}

test("prints the same for tepal help train and tepal train --help", async () => {
  const [actual, expected] = [testContext(), testContext()];

  assert.equal(await tepal(["help", "train"], actual), 0);
  await tepal(["train", "--help"], expected);

  assert.equal(actual.printed.out, expected.printed.out);
  assert.match(actual.printed.out, /^ {2}--label COLUMN .*\(required\)$/m);
});

for (const { name, load } of commands) {
  test(`tepal ${name} --help describes every argument`, async () => {
    const context = testContext();
    const { args } = await load();

    assert.equal(await tepal([...name.split(" "), "--help"], context), 0);
    for (const { help } of Object.values(args)) assert.ok(context.printed.out.includes(help), help);
  });
}

for (const [name, argv, printed] of [
  ["an unknown command", ["deplyo"], /Unknown command deplyo\n {2}Did you mean "tepal deploy"\?/],
  ["an unknown subcommand", ["cloud", "strat"], /Unknown command cloud strat\n {2}Did you mean "tepal cloud start"\?/],
  ["a missing argument", ["predict"], /^tepal predict: Missing MODEL: /],
  ["a name that AWS would reject", ["deploy", "m.sav", "--name", "No"], /The name must be .*; got "No"\n/],
  ["an unknown option", ["predict", "a", "--jsno"], /Unknown option --jsno\n {2}Did you mean --json\?/],
] as const) {
  test(`returns status 2 for ${name} and says what to type`, async () => {
    const context = testContext();

    assert.equal(await tepal(argv, context), 2);
    assert.match(context.printed.err, printed);
    assert.equal(context.printed.out, "");
  });
}

test("prints an error as one JSON document under --json", async () => {
  const context = testContext({ json: true });

  assert.equal(await tepal(["predict", "--json"], context), 2);
  assert.deepEqual(JSON.parse(context.printed.out).error.code, "command-line");
});
