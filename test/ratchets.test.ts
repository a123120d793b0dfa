// What has been reached and must not be lost: estimators, and numbers that are equal to scikit-learn's. Read from
// docs/models.md, whose table docs.test.ts compares with a run over all fixtures. The counts of XGBoost and LightGBM
// are in their same-numbers.test.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readProjectFile } from "./support/project.js";

/** As reached on 28 November 2026. Raise these numbers when a change raises the counts. */
const reached = { estimators: 167, labels: 10_582, bitEqualFloats: 37_185 };

interface EstimatorRow {
  readonly type: string;
  readonly labels: number;
  readonly floats: number;
  readonly bitEqualFloats: number;
}

/**
 * The rows of the generated table: estimator, versions, methods, labels, floats, bit-equal floats, largest difference.
 */
function estimatorRows(page: string): EstimatorRow[] {
  return page
    .split("\n")
    .filter((line) => /^\| [a-z]\w*\.\w/.test(line))
    .map((line) => {
      const [type = "", , , labels = "", floats = "", equal = ""] = line
        .slice(1)
        .split("|")
        .map((cell) => cell.trim());
      return {
        type,
        labels: count(labels),
        floats: count(floats),
        bitEqualFloats: count(equal === "all" ? floats : equal),
      };
    });
}

function count(cell: string): number {
  return Number(cell.replaceAll(",", ""));
}

const rows = estimatorRows(Buffer.from(readProjectFile("docs/models.md")).toString());
const sum = (of: (row: EstimatorRow) => number) => rows.reduce((total, row) => total + of(row), 0);

test(`at least ${reached.estimators} estimators are compared with scikit-learn's`, (t) => {
  t.diagnostic(`${rows.length} estimators`);

  assert.ok(rows.length >= reached.estimators, `${rows.length}`);
});

test(`at least ${reached.labels} labels are equal to scikit-learn's`, (t) => {
  const labels = sum((row) => row.labels);
  t.diagnostic(`${labels} labels`);

  assert.ok(labels >= reached.labels, `${labels}`);
});

test(`at least ${reached.bitEqualFloats} floats are equal to scikit-learn's to the last bit`, (t) => {
  const equal = sum((row) => row.bitEqualFloats);
  t.diagnostic(`${equal} of ${sum((row) => row.floats)} floats`);

  assert.ok(equal >= reached.bitEqualFloats, `${equal}`);
});

test("reads the counts of an estimator", () => {
  const row = "| sklearn.svm._classes.SVC | 1.0 | predict | 1,200 | 3,000 | all | 0 |";

  assert.deepEqual(estimatorRows(`# Models\n| estimator | labels |\n${row}\n`), [
    { type: "sklearn.svm._classes.SVC", labels: 1200, floats: 3000, bitEqualFloats: 3000 },
  ]);
});
