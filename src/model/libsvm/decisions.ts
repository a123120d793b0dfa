// svm_predict_values of libsvm: the decision values of a classifier's pairs, or of a regressor.

import { eachRow } from "../core/matrix.js";
import type { Table } from "../core/model.js";
import { batchDecisions, batchRowsMin, type DecideBatch } from "./batch.js";
import { type Kernel, kernelValues, type Vectors } from "./kernel.js";

/** A fitted svm, as libsvm keeps it. */
export interface FittedSvm {
  readonly kernel: Kernel;
  readonly vectors: Vectors;
  /** Row j - 1 holds the coefficients of a vector against class j; (classes - 1) rows, a column each vector. */
  readonly coefficients: Float64Array;
  /** One a pair of classes, in the order (0,1), (0,2), ... (1,2), ...: the negative of libsvm's rho. */
  readonly intercepts: Float64Array;
  /** How many support vectors each class has, in the order of the vectors. Empty for regressors and one class. */
  readonly vectorsOfClass: Int32Array;
}

/** Coefficients and vectors that are adjacent, and are multiplied and added in that order. */
export interface Run {
  /** The first coefficient's index. */
  readonly coefficient: number;
  readonly vector: number;
  readonly count: number;
}

/**
 * A row of decision values for each row of the table. Every pair of classes has one, positive for the first of the
 * pair; a regressor and a one-class svm have one. The matrix of a single row is good until the next call.
 */
export type Decide = (table: Table) => Extract<Table, { readonly kind: "matrix" }>;

export function decisions(svm: FittedSvm): Decide {
  const sums = svm.vectorsOfClass.length > 0 ? pairSums(svm) : [[wholeRun(svm)]];
  const decideRow = rowDecisions(svm, sums);
  const columns = sums.length;
  const one: ReturnType<Decide> = { kind: "matrix", rows: 1, columns, data: new Float64Array(columns) };
  let batch: DecideBatch | undefined;
  return function decide(table) {
    if (table.rows === 1 && table.kind === "matrix") {
      decideRow(table.data, 0, one.data, 0);
      return one;
    }
    const data = new Float64Array(table.rows * columns);
    if (table.rows >= batchRowsMin && table.kind === "matrix") {
      batch ??= batchDecisions(svm, sums);
      if (batch) {
        batch(table, data);
        return { kind: "matrix", rows: table.rows, columns, data };
      }
    }
    eachRow(table, (values, start, row) => decideRow(values, start, data, row * columns));
    return { kind: "matrix", rows: table.rows, columns, data };
  };
}

function wholeRun({ vectors }: FittedSvm): Run {
  return { coefficient: 0, vector: 0, count: vectors.rows };
}

/** Of a pair, the vectors of the first class, then those of the second. */
function pairSums({ vectors, vectorsOfClass }: FittedSvm): readonly (readonly Run[])[] {
  const starts = [0];
  for (const count of vectorsOfClass) starts.push(starts.at(-1)! + count);
  const run = (row: number, of: number): Run => ({
    coefficient: row * vectors.rows + starts[of]!,
    vector: starts[of]!,
    count: vectorsOfClass[of]!,
  });
  const sums: Run[][] = [];
  for (let i = 0; i < vectorsOfClass.length; i++) {
    for (let j = i + 1; j < vectorsOfClass.length; j++) sums.push([run(j - 1, i), run(i, j)]);
  }
  return sums;
}

type DecideRow = (data: Float64Array, start: number, out: Float64Array, outStart: number) => void;

function rowDecisions(
  { kernel, vectors, coefficients, intercepts }: FittedSvm,
  sums: readonly (readonly Run[])[],
): DecideRow {
  const fill = kernelValues(kernel, vectors);
  const values = new Float64Array(vectors.rows);
  return function decideRow(data, start, out, outStart) {
    fill(data, start, values);
    for (let index = 0; index < sums.length; index++) {
      const runs = sums[index]!;
      let sum = 0;
      for (let at = 0; at < runs.length; at++) {
        const { coefficient, vector, count } = runs[at]!;
        for (let k = 0; k < count; k++) sum += coefficients[coefficient + k]! * values[vector + k]!;
      }
      out[outStart + index] = sum + intercepts[index]!;
    }
  };
}

/** The class with most pairs won; the first of them on a tie. */
export function winner(decisions: Float64Array, start: number, votes: Int32Array): number {
  votes.fill(0);
  let pair = start;
  for (let i = 0; i < votes.length; i++) {
    for (let j = i + 1; j < votes.length; j++) {
      const won = decisions[pair++]! > 0 ? i : j;
      votes[won] = votes[won]! + 1;
    }
  }
  let best = 0;
  for (let index = 1; index < votes.length; index++) if (votes[index]! > votes[best]!) best = index;
  return best;
}
