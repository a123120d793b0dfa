import assert from "node:assert/strict";
import { test } from "node:test";
import { paginate } from "./pagination.js";

const sizes = { itemsDefault: 2, itemsMax: 3, invalidLimit: (limit: number) => new RangeError(`limit ${limit}`) };
const itself = (item: string) => item;

test("pages through the items in the order of their keys", () => {
  const first = paginate(["c", "a", "b"], itself, sizes, { token: undefined, limit: undefined });
  const second = paginate(["c", "a", "b"], itself, sizes, { token: first.nextToken, limit: undefined });

  assert.deepEqual([first.items, second], [["a", "b"], { items: ["c"], nextToken: undefined }]);
});

test("starts at the greatest key when descending", () => {
  const first = paginate(["c", "a", "b"], itself, sizes, { token: undefined, limit: 1, descending: true });
  const second = paginate(["c", "a", "b"], itself, sizes, { token: first.nextToken, limit: 3, descending: true });

  assert.deepEqual([first.items, second.items], [["c"], ["b", "a"]]);
});

test("neither repeats nor skips an item when others are created and deleted between two pages", () => {
  const first = paginate(["b", "d", "f"], itself, sizes, { token: undefined, limit: 2 });
  const second = paginate(["a", "b", "e", "f"], itself, sizes, { token: first.nextToken, limit: 2 });

  assert.deepEqual(
    [first.items, second.items],
    [
      ["b", "d"],
      ["e", "f"],
    ],
  );
});

test("has no next token when the page holds exactly the remaining items", () => {
  assert.equal(paginate(["a", "b"], itself, sizes, { token: undefined, limit: 2 }).nextToken, undefined);
});

test("uses the nearest allowed limit for a service that rejects none", () => {
  const { invalidLimit: _unused, ...lenient } = sizes;

  const pages = [0, 4].map((limit) => paginate(["a", "b", "c", "d"], itself, lenient, { token: undefined, limit }));

  assert.deepEqual(
    pages.map(({ items }) => items.length),
    [1, 3],
  );
});

test("rejects a token that is not one with the service's error", () => {
  const strict = { ...sizes, invalidToken: () => new RangeError("token") };

  assert.throws(() => paginate(["a"], itself, strict, { token: "?", limit: 1 }), { message: "token" });
});

for (const limit of [0, 4, -1, Number.NaN]) {
  test(`rejects a limit of ${limit} with the service's error`, () => {
    assert.throws(() => paginate(["a"], itself, sizes, { token: undefined, limit }), { message: `limit ${limit}` });
  });
}
