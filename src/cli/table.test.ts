import assert from "node:assert/strict";
import { test } from "node:test";
import { displayWidth } from "./display-text.js";
import { tableText } from "./table.js";

const header = ["NAME", "MODEL", "URL"];
const rows = [
  ["iris", "sklearn.svm.SVC (scikit-learn 0.23.2), 4 features", "http://127.0.0.1:4566/restapis/abc/prod/x"],
  ["花", "f", "u"],
];

test("shows every cell whole in a file or a pipe", () => {
  const lines = tableText(header, rows).split("\n");

  for (const cell of rows.flat()) assert.ok(lines.some((line) => line.includes(cell)));
  assert.equal(lines[2]?.indexOf("f"), 5);
});

for (const columns of [40, 60, 80]) {
  test(`fits into a terminal of ${columns} columns and keeps short cells whole`, () => {
    const lines = tableText(header, rows, { columns }).split("\n");

    for (const line of lines) assert.ok(displayWidth(line) <= columns, line);
    assert.match(lines[1] ?? "", /^iris {2}sklearn.*…/);
  });
}

test("a terminal that is too narrow for every column gets cells of a few characters", () => {
  const [, line] = tableText(header, rows, { columns: 5 }).split("\n");

  assert.equal(line, "iris  sklea…  http:…");
});
