import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { crossValidate } from "../cross-validation.js";
import { readCsv } from "../csv.js";
import { type Dataset, datasetOf, rowsOf } from "../dataset.js";
import { libsvmSeedOf, MersenneTwister } from "../mersenne-twister.js";
import { predictions } from "../predict.js";
import { fitSvc, type SvcOptions } from "./fit.js";
import { withProbability } from "./platt.js";

interface Case {
  readonly name: string;
  readonly rows: readonly number[];
  readonly parameters: Partial<SvcOptions> & { readonly random_state?: number };
  readonly gamma: number;
  readonly support: readonly number[];
  readonly n_support: readonly number[];
  readonly n_iter: readonly number[];
  readonly dual_coef: readonly number[];
  readonly intercept: readonly number[];
  readonly probA: readonly number[];
  readonly probB: readonly number[];
  readonly scores: readonly number[];
  readonly confusion: readonly (readonly number[])[];
}

const fixture = JSON.parse(readFileSync(projectPath("src/train/fixtures/scikit-learn.json"), "utf8"));
const cases: readonly Case[] = fixture.cases;

function irisRows(rows: readonly number[]): Dataset {
  return rowsOf(datasetOf(readCsv(readFileSync(projectPath("examples/iris/iris.csv"))), "species"), rows);
}

const defaults: SvcOptions = { C: 1, kernel: "rbf", gamma: "scale", degree: 3, coef0: 0, probability: false, seed: 0 };

for (const one of cases) {
  const options = { ...defaults, ...one.parameters, seed: one.parameters.random_state ?? 0 };

  test(`${one.name}: gives scikit-learn's support vectors and coefficients`, async () => {
    const { gamma, solution } = await fitSvc(irisRows(one.rows), options);

    assert.equal(gamma, one.gamma);
    assert.deepEqual([...solution.support], one.support);
    assert.deepEqual([...solution.supportCounts], one.n_support);
    assert.deepEqual([...solution.iterations], one.n_iter);
    assertClose(solution.dualCoef, one.dual_coef, 1e-9);
    assertClose(solution.intercept, one.intercept, 1e-9);
  });

  test(`${one.name}: gives the scores of cross_val_score`, async () => {
    const { scores, confusion } = await crossValidate(irisRows(one.rows), 5, async (trained, tested) =>
      predictions(await fitSvc(trained, options), tested),
    );

    assertClose(scores, one.scores, 1e-15);
    assert.deepEqual(confusion, one.confusion);
  });

  if (!options.probability) continue;
  test(`${one.name}: gives scikit-learn's probability parameters for the same random_state`, async () => {
    const { probability } = await withProbability(await fitSvc(irisRows(one.rows), options));

    assertClose(
      probability.map(({ A }) => A),
      one.probA,
      1e-9,
    );
    assertClose(
      probability.map(({ B }) => B),
      one.probB,
      1e-9,
    );
  });
}

test("generates numpy's random numbers", () => {
  const random = new MersenneTwister(5);

  assert.deepEqual([random.uint32(), random.uint32(), random.uint32()], fixture["uint32 of RandomState(5)"]);
  assert.deepEqual([0, 1, 42].map(libsvmSeedOf), fixture["libsvm seed of 0, 1, 42"]);
});

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, relativeMax: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const off = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    assert.ok(off <= relativeMax, `value ${i} is ${actual[i]}, expected ${expected[i]}`);
  }
}
