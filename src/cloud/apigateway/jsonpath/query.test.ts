import assert from "node:assert/strict";
import { test } from "node:test";
import { readJson } from "../vtl/read-json.js";
import { jsonText } from "../vtl/values.js";
import { query } from "./query.js";

/** The document of Goessner's article and of Jayway's own documentation. */
const store = readJson(`{
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
    const found = query(store, path);
    assert.equal(found === undefined ? undefined : jsonText(found), expected);
  });
}

for (const path of ["$.", "$[", "$['a'", "$.a b", "$[?(@.a ==)]", "$[?(", `$[?(${"(".repeat(99)}1)]`, "$[x]"]) {
  test(`${JSON.stringify(path.slice(0, 20))} is no JSONPath`, () => {
    assert.throws(() => query(store, path), { name: "VtlError" });
  });
}
