// Every fixture that scikit-learn wrote, read back and asked the same: labels equal, floats within 1e-12 of
// scikit-learn's. The last test prints how many are equal to the last bit.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type FixtureArray,
  type FixtureOutput,
  fixtureTable,
  fixtureVersions,
  numberOf,
  sklearnFixtureFile,
  sklearnFixtures,
} from "../../../test/support/model-fixtures.js";
import { type MethodName, type Output, readModel, type Scalar } from "../index.js";

/** Relative; scikit-learn differs from itself by more between BLAS builds. */
const relativeMax = 1e-12;
/** Where a sum cancels, the relative difference grows: compared with the largest number of the result instead. */
const absoluteOfLargestMax = 1e-14;

const counts = { labels: 0, floats: 0, bitEqual: 0, largest: 0 };

for (const version of fixtureVersions) {
  for (const { name, files, input, outputs } of sklearnFixtures(version)) {
    test(`predicts as scikit-learn ${version}: ${name} from ${files.length} file(s)`, async () => {
      assert.ok(files.length > 0 && Object.keys(outputs).length > 0);
      for (const { file } of files) {
        const model = await readModel(sklearnFixtureFile(version, file));
        for (const [method, expected] of Object.entries(outputs)) {
          const result = await model.run(method as MethodName, fixtureTable(input, model.signature));
          compare(result, expected, `${file} ${method}`);
        }
      }
    });
  }
}

test("prints how many numbers are equal", (t) => {
  const { labels, floats, bitEqual, largest } = counts;
  const share = ((100 * bitEqual) / floats).toFixed(1);
  t.diagnostic(
    `${labels} labels equal; ${bitEqual} of ${floats} floats (${share} %) equal to the last bit; largest relative difference ${largest}`,
  );
  assert.ok(labels > 1000 && bitEqual / floats > 0.8);
});

function compare(result: Output, expected: FixtureOutput, where: string): void {
  if ("list" in expected) {
    assert.equal(result.parts?.length, expected.list.length, where);
    for (const [index, part] of result.parts.entries()) compare(part, expected.list[index]!, `${where} ${index}`);
    return;
  }
  assert.deepEqual(result.shape, expected.shape, where);
  if (expected.dtype.includes("f")) compareFloats(result, expected, where);
  else compareLabels(result, expected, where);
}

function compareLabels({ data }: Output, expected: FixtureArray, where: string): void {
  assert.deepEqual(Array.from(data, labelText), expected.data.map(String), where);
  counts.labels += data.length;
}

function labelText(label: Scalar): string {
  return String(label);
}

function compareFloats({ data }: Output, expected: FixtureArray, where: string): void {
  const expectedValues = expected.data.map(numberOf);
  const largest = Math.max(...expectedValues.filter(Number.isFinite).map(Math.abs));
  for (const [index, number] of expectedValues.entries()) {
    const found = Number(data[index]);
    counts.floats++;
    if (Object.is(found, number) || found === number) {
      counts.bitEqual++;
      continue;
    }
    const difference = Math.abs(found - number);
    const relative = difference / Math.abs(number);
    counts.largest = Math.max(counts.largest, relative);
    assert.ok(
      relative <= relativeMax || difference <= absoluteOfLargestMax * largest,
      `${where}: ${found} at ${index}, scikit-learn says ${number}`,
    );
  }
}
