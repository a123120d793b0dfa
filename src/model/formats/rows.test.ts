// Every model: the predictions for a table are those for its rows, one by one, whichever way many rows are computed.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fixtureTable,
  fixtureVersions,
  sklearnFixtureFile,
  sklearnFixtures,
} from "../../../test/support/model-fixtures.js";
import { TepalError } from "../../base/index.js";
import { type MethodName, type Model, readModel, type Table, toList } from "../index.js";

type MatrixTable = Extract<Table, { readonly kind: "matrix" }>;

/** More than two blocks of forests, and no multiple of the rows that are computed at once. */
const rowsOfTable = 523;
let compared = 0;

for (const version of fixtureVersions) {
  test(`scikit-learn ${version}: every model predicts a table as it predicts its rows, to the last bit`, async () => {
    for (const { name, files, input, outputs } of sklearnFixtures(version)) {
      const model = await readModel(sklearnFixtureFile(version, files[0]!.file));
      const rows = fixtureTable(input, model.signature);
      if (rows.kind !== "matrix" || rows.rows === 0 || joint.test(model.signature.type)) continue;
      for (const method of Object.keys(outputs) as MethodName[]) {
        if (!scaledTogether.test(`${version} ${name} ${method}`)) await compare(model, method, rows, name);
      }
    }
  });
}

async function compare(model: Model, method: MethodName, rows: MatrixTable, name: string): Promise<void> {
  let table = manyOf(rows, scales);
  // Some take only what they saw in training.
  const changed = await answersOf(model, method, table).catch(refused);
  if (!changed) table = manyOf(rows, [1]);
  const together = changed ?? (await answersOf(model, method, table));
  // Some return an array whose first dimension is not the rows.
  if (together.length !== table.rows) return;
  const { columns, data } = table;
  for (let row = 0; row < table.rows; row += row < rowsOfTable - rowStep ? rowStep : 1) {
    const own = data.slice(row * columns, (row + 1) * columns);
    const [alone] = await answersOf(model, method, { kind: "matrix", rows: 1, columns, data: own });
    assert.deepEqual(together[row], alone, `${name} ${method}, row ${row}: ${own.join(", ")}`);
  }
  compared += table.rows;
}

/** One row out of every few is predicted alone, and all of the last ones. */
const rowStep = 11;

/** scikit-learn itself lets all rows of a table converge together. */
const joint = /\.(MiniBatch)?NMF$/;

/** scikit-learn before 0.21 scales these by the largest, or the length, of all rows. */
const scaledTogether = /^old-\S+ ((pairs|search|svc) decision_function|pca_sparse transform)$/;

function refused(error: unknown): undefined {
  assert.ok(error instanceof TepalError && error.code.startsWith("input-"), String(error));
}

test("the number of compared rows is printed", (t) => {
  t.diagnostic(`${compared} rows`);
  assert.ok(compared > 0);
});

/** The result for each row; with several labels, their parts are concatenated. */
async function answersOf(model: Model, method: MethodName, table: Table): Promise<unknown[]> {
  const output = await model.run(method, table);
  const lists = (output.parts ?? [output]).map(toList);
  const [first] = lists;
  assert.ok(Array.isArray(first));
  return first.map((_, row) => lists.map((list) => Array.isArray(list) && list[row]));
}

/** What a row's numbers are multiplied by, in turn; missing values stay where they are. */
const scales = [1, 0.5, 1.0625, -1, 3, 0];

function manyOf({ rows, columns, data }: MatrixTable, factors: readonly number[]): MatrixTable {
  const many = Float64Array.from({ length: rowsOfTable * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    const column = index % columns;
    return data[(row % rows) * columns + column]! * factors[(row + column) % factors.length]!;
  });
  return { kind: "matrix", rows: rowsOfTable, columns, data: many };
}
