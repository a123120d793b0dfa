import assert from "node:assert/strict";
import { test } from "node:test";
import { readJson } from "../vtl/read-json.js";
import { jsonText, type Value } from "../vtl/values.js";
import { mainThreadBudget, withinBudget } from "../worker/budget.js";
import { query } from "./query.js";

function parse(text: string): Value {
  return withinBudget(mainThreadBudget(), () => readJson(text));
}

/** Evaluates a path within the budget of the main thread; the result as JSON. */
function found(root: Value, path: string): string | undefined {
  return withinBudget(mainThreadBudget(), () => {
    const value = query(root, path);
    return value === undefined ? undefined : jsonText(value);
  });
}

/** The document of Goessner's article and of Jayway's documentation. */
const store = parse(`{
  "store": {
    "book": [
      { "category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95 },
      { "category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99 },
      { "category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99 },
      { "category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8", "price": 22.99 }
    ],
    "bicycle": { "color": "red", "price": 19.95 }
  },
  "expensive": 10,
  "a.b": 1
}`);

for (const [path, expected] of [
  ["$.expensive", "10"],
  ["expensive", "10"],
  ["$['a.b']", "1"],
  ["$.store.book[0].title", '"Sayings of the Century"'],
  ['$["store"]["book"][-1]["title"]', '"The Lord of the Rings"'],
  ["$.store.book[*].price", "[8.95,12.99,8.99,22.99]"],
  ["$..price", "[8.95,12.99,8.99,22.99,19.95]"],
  ["$.store..price", "[8.95,12.99,8.99,22.99,19.95]"],
  ["$..book[2].author", '["Herman Melville"]'],
  ["$.store.book[0,1].price", "[8.95,12.99]"],
  ["$.store.book[:2].price", "[8.95,12.99]"],
  ["$.store.book[1:3].price", "[12.99,8.99]"],
  ["$.store.book[-2:].price", "[8.99,22.99]"],
  ["$.store.bicycle.*", '["red",19.95]'],
  ["$.store.bicycle['color','price']", '"red"'],
  ["$..book[?(@.isbn)].price", "[8.99,22.99]"],
  ["$.store.book[?(@.price < 10)].title", '["Sayings of the Century","Moby Dick"]'],
  ["$.store.book[?(@.price <= $['expensive'])].price", "[8.95,8.99]"],
  ["$.store.book[?(@.category == 'fiction' && @.price > 20)].price", "[22.99]"],
  ["$.store.book[?(@.price < 9 || @.price > 20)].price", "[8.95,8.99,22.99]"],
  ["$.store.book[?(!(@.isbn))].price", "[8.95,12.99]"],
  ["$..book[?(@.author =~ /.*REES/i)].price", "[8.95]"],
  ["$.store.book[?(@.category in ['reference'])].price", "[8.95]"],
  ["$.store.book[?(@.category nin ['reference'])].price", "[12.99,8.99,22.99]"],
  ["$.store.book.length()", "4"],
  ["$.store.book[*].price.max()", "[]"],
  ["$.store.bicycle.keys()", '["color","price"]'],
  ["$.nothing", undefined],
  ["$.store.book.title", undefined],
  ["$.store.book[9]", undefined],
  ["$.nothing[*]", "[]"],
  ["$.constructor", undefined],
] as const) {
  test(`JSONPath ${path}`, () => {
    assert.equal(found(store, path), expected);
  });
}

for (const path of ["$.", "$[", "$['a'", "$.a b", "$[?(@.a ==)]", "$[?(", `$[?(${"(".repeat(99)}1)]`, "$[x]"]) {
  test(`${JSON.stringify(path.slice(0, 20))} is rejected`, () => {
    assert.throws(() => found(store, path), { name: "VtlError" });
  });
}

const wide = parse(`[${Array.from({ length: 2000 }, () => `"${"a".repeat(30)}"`).join(",")}]`);
for (const [name, root, path] of [
  ["repeated descents", parse(`${"[".repeat(200)}1${"]".repeat(200)}`), "$..*..*..*"],
  ["a back-reference for every item", wide, "$[?(@ =~ /(a+)\\1b/)]"],
  ["an ambiguous pattern for every item", wide, "$[?(@ =~ /(a{1,30}){1,30}b/)]"],
] as const) {
  test(`${name} cost more than the main thread may spend`, () => {
    assert.throws(() => found(root, path), { name: "BudgetExceeded" });
  });
}
