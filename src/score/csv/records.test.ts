import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { numberInCell } from "./cell-values.js";
import { parseNumber } from "./parse-number.js";
import { lastRecordEnd } from "./record-end.js";
import { CsvRecords } from "./records.js";

interface PandasCells {
  readonly files: Readonly<Record<string, { text: string; header: string[]; rows: string[][] }>>;
  readonly numbers: readonly { readonly cell: string; readonly value: number | null }[];
}

/** What pandas read; see fixtures/generate-csv-cells.py. */
const pandas = JSON.parse(readFileSync(projectPath("src/score/fixtures/csv-cells.json"), "utf8")) as PandasCells;
const comma = 0x2c;

function cellsOf(text: string): string[][] {
  const records = new CsvRecords().read(Buffer.from(text), comma);
  return Array.from({ length: records.count }, (_, record) =>
    Array.from({ length: records.width(record) }, (_cell, i) => records.cellText(records.firstCell(record) + i)),
  );
}

for (const [name, { text, header, rows }] of Object.entries(pandas.files)) {
  test(`reads the cells that pandas reads: ${name}`, () => {
    assert.deepEqual(cellsOf(text), [header, ...rows]);
  });

  test(`finds the same records in any two pieces of the file: ${name}`, () => {
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const end = lastRecordEnd(bytes.subarray(0, cut), comma);
      const [first, second] = [bytes.subarray(0, end), bytes.subarray(end)].map((part) => cellsOf(part.toString()));
      assert.deepEqual([...first!, ...second!], [header, ...rows], `cut at ${cut}`);
    }
  });
}

test("reads numbers and missing values as pandas does", () => {
  const text = pandas.numbers.map(({ cell }) => `${cell},0\n`).join("");
  const records = new CsvRecords().read(Buffer.from(text), comma);
  const values = pandas.numbers.map((_, record) => numberInCell(records, records.firstCell(record)));

  assert.deepEqual(
    values,
    pandas.numbers.map(({ value }) => value ?? Number.NaN),
  );
});

test("rounds every decimal number as Number does", () => {
  const texts = ["0.1", "9007199254740993", "9007199254740992.5", "1.7976931348623157e308", "4.9e-324", "-0", "1e23"];
  let seed = 1;
  for (let i = 0; i < 20_000; i++) {
    seed = (seed * 48_271) % 2_147_483_647;
    const digits = String(seed * 4_294_967_291).slice(0, 1 + (seed % 18));
    texts.push(`${digits.slice(0, seed % 5)}.${digits.slice(seed % 5)}${seed % 3 ? "" : `e${(seed % 60) - 30}`}`);
  }
  for (const text of texts.filter((each) => each.startsWith(".") === false || each.length > 1)) {
    const bytes = Buffer.from(text);
    assert.equal(parseNumber(bytes, 0, bytes.length), Number(text), text);
  }
});

for (const text of ["", " ", "-", ".", "e5", "1e", "1e+", "0x10", "1_000", "1,5", "1 2", "--1", "abc"]) {
  test(`does not read ${JSON.stringify(text)} as a number`, () => {
    const bytes = Buffer.from(text);
    assert.ok(Number.isNaN(parseNumber(bytes, 0, bytes.length)));
  });
}

test("counts a cell for each delimiter of a record with more cells than arrays have at first", () => {
  const records = new CsvRecords().read(Buffer.from(`${",".repeat(200_000)}\n`), comma);

  assert.deepEqual([records.count, records.width(0)], [1, 200_001]);
});
