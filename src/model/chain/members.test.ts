import assert from "node:assert/strict";
import { test } from "node:test";
import { chainModel } from "../../../test/support/chain-fixtures.js";
import { Dict, Tuple, type Value } from "../pickle/values.js";
import { findMember, isContainer, membersOf } from "./members.js";

function dictOf(entries: Readonly<Record<string, Value>>): Dict {
  const dict = new Dict();
  for (const [key, value] of Object.entries(entries)) dict.set(key, value);
  return dict;
}

for (const [path, type] of [
  ["a.b.c", /StandardScaler$/],
  ["it's.0", /LogisticRegression$/],
  ["it's.1.0", /LogisticRegression$/],
  ["3", /LogisticRegression$/],
] as const) {
  test(`finds ${path} in a pickle of dicts, tuples and lists`, async () => {
    const { signature } = await chainModel([`bundles/keys.pkl::${path}`]);

    assert.match(signature.type, type);
  });
}

test("tries the longest key first where keys contain dots", () => {
  const container = dictOf({ "v1.2": "long", v1: dictOf({ "2": "short", "3": "three" }) });

  assert.equal(findMember(container, "v1.2"), "long");
  assert.equal(findMember(container, "v1.3"), "three");
  assert.equal(findMember(container, "v1.4"), undefined);
  assert.equal(findMember(container, ""), undefined);
});

test("finds no member by the names of JavaScript's objects", () => {
  for (const name of ["__proto__", "constructor", "length", "0.length"])
    assert.equal(findMember(new Tuple(["a"]), name), undefined);
});

test("lists a list of names as one member and opens other containers", () => {
  const container = dictOf({ names: ["x", "y"], pair: new Tuple([1, dictOf({ k: 2 })]) });

  assert.deepEqual(
    membersOf(container).map(({ path }) => path),
    ["names", "pair", "pair.0", "pair.1", "pair.1.k"],
  );
});

test("lists four levels", () => {
  let nested: Value = 1;
  for (let level = 0; level < 10; level++) nested = dictOf({ k: nested });

  assert.equal(membersOf(nested).at(-1)?.path, "k.k.k.k");
});

test("ends in a container that contains itself", () => {
  const list: Value[] = [1];
  list.push(list);
  const dict = dictOf({ list });
  dict.set("self", dict);

  assert.deepEqual(
    membersOf(dict).map(({ path }) => path),
    ["list", "list.0", "list.1", "self"],
  );
  assert.equal(findMember(dict, `${"self.".repeat(90)}list.0`), 1);
  assert.equal(findMember(dict, `${"self.".repeat(100_000)}list.0`), undefined);
});

test("searches each container once where keys with dots give a path many readings", () => {
  const dict = new Dict();
  dict.set("s", dict);
  dict.set("s.s", dict);

  assert.equal(findMember(dict, `${"s.".repeat(90)}missing`), undefined);
});

test("lists the first 2,000 members of a large container", () => {
  const container = Array.from({ length: 100_000 }, (_, index) => index);

  assert.equal(membersOf(container).length, 2_000);
});

test("a number, an empty dict and a list of nothing have no members", () => {
  for (const value of [7, "text", null, new Dict(), []]) assert.equal(isContainer(value), false);
});
