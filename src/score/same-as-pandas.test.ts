// A table scored from file to file, against pandas and scikit-learn (fixtures/generate-people.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectPath } from "../../test/support/project.js";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";
import { systemClock } from "../base/index.js";
import { readModel } from "../model/index.js";
import { CsvRecords } from "./csv/records.js";
import { fileFormat, scoreTable } from "./index.js";

const fixture = (name: string) => projectPath(`src/score/fixtures/${name}`);
const comma = 0x2c;
const unsaid = { format: undefined, delimiter: undefined };
/** The last bits of the numbers depend on the processor that ran numpy. */
const differenceMax = 1e-12;

function tableOf(path: string): readonly (readonly string[])[] {
  const records = new CsvRecords().read(readFileSync(path), comma);
  return Array.from({ length: records.count }, (_, record) =>
    Array.from({ length: records.width(record) }, (_cell, i) => records.cellText(records.firstCell(record) + i)),
  );
}

test("scores missing values, categories and booleans as pandas and scikit-learn do", async (t) => {
  const directory = temporaryDirectory(t);
  const output = join(directory, "scored.csv");
  const { rejected } = await scoreTable({
    model: await readModel(readFileSync(fixture("people.pkl"))),
    scorers: { calls: 1 },
    modelDigest: "people",
    methods: ["predict", "predict_proba"],
    input: { ...fileFormat("people.csv", unsaid), path: fixture("people.csv"), stream: async function* () {} },
    output: { ...fileFormat(output, unsaid), path: output, write: async () => {} },
    columns: undefined,
    hasHeader: true,
    prefix: "",
    rejects: join(directory, "rejects.csv"),
    rejectsMax: 0,
    clock: systemClock,
    stop: new AbortController().signal,
    onProgress: () => {},
  });

  const [expected, found] = [tableOf(fixture("people-scored.csv")), tableOf(output)];
  assert.equal(rejected, 0);
  assert.deepEqual(found[0], expected[0]);
  assert.equal(found.length, expected.length);
  const probabilities = found[0]!.flatMap((name, column) => (name.startsWith("probability_") ? [column] : []));
  assert.equal(probabilities.length, 2);
  for (const [row, cells] of found.entries()) {
    for (const [column, cell] of cells.entries()) {
      const other = expected[row]![column]!;
      if (row > 0 && probabilities.includes(column)) {
        assert.ok(Math.abs(Number(cell) - Number(other)) <= differenceMax, `row ${row}: ${cell}, ${other}`);
      } else assert.equal(cell, other, `row ${row}`);
    }
  }
});
