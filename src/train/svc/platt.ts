// Probabilities for pairs of classes: a sigmoid fitted to the decision values of five-fold cross-validation.
// Platt 1999, with the corrections of Lin, Lin and Weng, "A note on Platt's probabilistic outputs for support vector
// machines" (2007). Rows are drawn as scikit-learn's copy of libsvm draws them, which resets the seed for every pair.

import { type Dataset, rowsOf } from "../dataset.js";
import { libsvmSeedOf, MersenneTwister } from "../mersenne-twister.js";
import { decisionValues } from "../predict.js";
import { fitSvc, type PlattScale, type Svc, type SvcOptions } from "./fit.js";

const folds = 5;
const stepsMax = 100;
const stepSizeMin = 1e-10;
const gradientMax = 1e-5;
/** Added to the Hessian's diagonal to make it invertible. */
const ridge = 1e-12;

/** The same SVC with probabilities: one sigmoid for each pair of classes. */
export async function withProbability(svc: Svc): Promise<Svc> {
  const { dataset, options, gamma } = svc;
  const seed = libsvmSeedOf(options.seed);
  const probability: PlattScale[] = [];
  for (let first = 0; first < dataset.classes.length; first++) {
    for (let second = first + 1; second < dataset.classes.length; second++) {
      // Every fit of the pair uses the gamma of the whole table.
      probability.push(await scaleOfPair(dataset, first, second, { ...options, gamma }, seed));
    }
  }
  return { ...svc, options: { ...options, probability: true }, probability };
}

async function scaleOfPair(
  dataset: Dataset,
  first: number,
  second: number,
  options: SvcOptions,
  seed: number,
): Promise<PlattScale> {
  const rowsOf = (index: number) => [...dataset.y.keys()].filter((row) => dataset.y[row] === index);
  const rows = [...rowsOf(first), ...rowsOf(second)];
  const isFirst = rows.map((row) => dataset.y[row] === first);
  const order = shuffled(rows.length, new MersenneTwister(seed));
  const decisions = new Float64Array(rows.length);
  for (let fold = 0; fold < folds; fold++) {
    const begin = Math.floor((fold * rows.length) / folds);
    const end = Math.floor(((fold + 1) * rows.length) / folds);
    const tested = order.slice(begin, end);
    const trained = [...order.slice(0, begin), ...order.slice(end)];
    const values = await decisionsOf(dataset, rows, isFirst, trained, tested, options);
    for (const [i, index] of tested.entries()) decisions[index] = values[i]!;
  }
  return fitSigmoid(decisions, isFirst);
}

/** Decision values of the tested rows, positive for the pair's first class, by a model fitted to the training rows. */
async function decisionsOf(
  dataset: Dataset,
  rows: readonly number[],
  isFirst: readonly boolean[],
  trained: readonly number[],
  tested: readonly number[],
  options: SvcOptions,
): Promise<ArrayLike<number>> {
  const firsts = trained.filter((index) => isFirst[index]).length;
  if (firsts === 0 || firsts === trained.length) return tested.map(() => (firsts === 0 ? -1 : 1));
  const pick = (indices: readonly number[]) => indices.map((index) => rows[index]!);
  // libsvm trains this pair with the labels -1 and +1 in this order: the first class has the greater label.
  const y = Int32Array.from(trained, (index) => (isFirst[index] ? 1 : 0));
  const model = await fitSvc({ ...rowsOf(dataset, pick(trained)), classes: [-1, 1], y }, options);
  return decisionValues(model, rowsOf(dataset, pick(tested)).x);
}

function shuffled(length: number, random: MersenneTwister): number[] {
  const order = [...Array(length).keys()];
  for (let i = 0; i < length; i++) {
    const j = i + random.below(length - i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Newton's method with backtracking on the cross-entropy against smoothed targets between 0 and 1. */
function fitSigmoid(decisions: Float64Array, isFirst: readonly boolean[]): PlattScale {
  const firsts = isFirst.filter(Boolean).length;
  const others = isFirst.length - firsts;
  const [high, low] = [(firsts + 1) / (firsts + 2), 1 / (others + 2)];
  const targets = isFirst.map((first) => (first ? high : low));

  const lossAt = (A: number, B: number) => {
    let loss = 0;
    for (let i = 0; i < decisions.length; i++) {
      const z = decisions[i]! * A + B;
      loss += z >= 0 ? targets[i]! * z + Math.log(1 + Math.exp(-z)) : (targets[i]! - 1) * z + Math.log(1 + Math.exp(z));
    }
    return loss;
  };

  let A = 0;
  let B = Math.log((others + 1) / (firsts + 1));
  let loss = lossAt(A, B);
  for (let step = 0; step < stepsMax; step++) {
    let [h11, h22, h21, g1, g2] = [ridge, ridge, 0, 0, 0];
    for (let i = 0; i < decisions.length; i++) {
      const d = decisions[i]!;
      const z = d * A + B;
      const e = Math.exp(-Math.abs(z));
      const [p, q] = z >= 0 ? [e / (1 + e), 1 / (1 + e)] : [1 / (1 + e), e / (1 + e)];
      h11 += d * d * p * q;
      h22 += p * q;
      h21 += d * p * q;
      g1 += d * (targets[i]! - p);
      g2 += targets[i]! - p;
    }
    if (Math.abs(g1) < gradientMax && Math.abs(g2) < gradientMax) break;
    const determinant = h11 * h22 - h21 * h21;
    const stepA = -(h22 * g1 - h21 * g2) / determinant;
    const stepB = -(-h21 * g1 + h11 * g2) / determinant;
    const slope = g1 * stepA + g2 * stepB;

    let size = 1;
    for (; size >= stepSizeMin; size /= 2) {
      const newLoss = lossAt(A + size * stepA, B + size * stepB);
      if (newLoss >= loss + 0.0001 * size * slope) continue;
      [A, B, loss] = [A + size * stepA, B + size * stepB, newLoss];
      break;
    }
    if (size < stepSizeMin) break;
  }
  return { A, B };
}
