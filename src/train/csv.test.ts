import assert from "node:assert/strict";
import { test } from "node:test";
import { readCsv } from "./csv.js";

const cellsOf = (text: string | Uint8Array) => readCsv(text).rows.map(({ cells }) => cells);

for (const [name, text, expected] of [
  [
    "LF",
    "a,b\n1,2\n3,4\n",
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  [
    "CRLF and no end of the last line",
    "a,b\r\n1,2\r\n3,4",
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  ["a byte order mark", "\uFEFFa,b\n1,2\n", [["1", "2"]]],
  ["quotes", 'a,b\n"x, ""y""","two\nlines"\n', [['x, "y"', "two\nlines"]]],
  ["spaces around cells without quotes", "a,b\n 1 , 2\n", [["1", "2"]]],
  [
    "empty cells and empty lines",
    'a,b\n,\n\n1,\n""," "\n',
    [
      ["", ""],
      ["1", ""],
      ["", " "],
    ],
  ],
  ["an empty last cell at the end of the file", "a,b\n1,", [["1", ""]]],
  ["one column", "a\n1\n\n2", [["1"], ["2"]]],
  ["a header alone", "a,b", []],
] as const) {
  test(`parses ${name}`, () => {
    assert.deepEqual(cellsOf(text), expected);
  });
}

test("counts lines as an editor does", () => {
  const { rows } = readCsv('a,b\n"1\n1",2\n\n3,4\n');

  assert.deepEqual(
    rows.map(({ line }) => line),
    [2, 5],
  );
});

test("decodes UTF-8", () => {
  assert.deepEqual(cellsOf(Buffer.from("é\nü\n")), [["ü"]]);
});

for (const [name, table, code, message] of [
  ["an empty file", "", "csv-empty", /no header/],
  ["a column without a name", "a,,c\n1,2,3\n", "csv-header", /Column 2 has no name/],
  ["two columns of one name", "a,b,a\n1,2,3\n", "csv-header", /Duplicate column name "a"/],
  ["a short row", "a,b\n1,2\n3\n", "csv-row-length", /Line 3 has 1 cells; the header has 2/],
  ["a long row", "a,b\n1,2,3\n", "csv-row-length", /Line 2 has 3 cells/],
  ["an open quote", 'a,b\n1,"2\n3,4\n', "csv-quote", /Line 2, column 2/],
  ["a quote inside a cell", 'a,b\n1,2"3\n', "csv-quote", /Line 2, column 2/],
  ["bytes that are not text", Uint8Array.of(0xff, 0xfe, 0x00), "csv-not-text", /UTF-8/],
  [
    "too many columns",
    Array.from({ length: 10_001 }, (_, i) => i).join(),
    "csv-header",
    /10001 columns; the maximum is 10000/,
  ],
] as const) {
  test(`rejects ${name}`, () => {
    assert.throws(() => readCsv(table), { code, message });
  });
}
