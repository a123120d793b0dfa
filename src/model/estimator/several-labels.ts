// Results of classifiers that predict one label or several for a row. With several, each has its own list of classes,
// and its scores begin at a multiple of `width` in the row.

import type { ModelMethod } from "../core/create-model.js";
import { argmax } from "../core/methods.js";
import type { Output, Scalar, Table } from "../core/model.js";

/** A row of numbers for each row of a table. */
export type Scores = (table: Table) => { readonly rows: number; readonly data: Float64Array };

/** The label of the largest score; the first one on a tie. */
export function labelsOfLargest(lists: readonly (readonly Scalar[])[], width: number, scores: Scores): ModelMethod {
  const outputs = lists.length;
  return {
    output: outputs > 1 ? { kind: "label", columns: outputs } : { kind: "label" },
    run(table) {
      const { rows, data } = scores(table);
      const labels = new Array<Scalar>(rows * outputs);
      for (let at = 0; at < labels.length; at++) {
        const classes = lists[at % outputs]!;
        labels[at] = classes[argmax(data, at * width, classes.length)]!;
      }
      return { shape: outputs > 1 ? [rows, outputs] : [rows], data: labels };
    },
  };
}

/** The scores themselves: an array for each label where there are several. */
export function probabilitiesOf(lists: readonly (readonly Scalar[])[], width: number, scores: Scores): ModelMethod {
  const outputs = lists.length;
  const columns = lists.reduce((sum, list) => sum + list.length, 0);
  return {
    output: { kind: "number", columns },
    run(table) {
      const { rows, data } = scores(table);
      if (outputs === 1) return { shape: [rows, width], data };
      const parts = lists.map((classes, output) => part(data, rows, output * width, outputs * width, classes.length));
      return { shape: [outputs], data: [], parts };
    },
  };
}

function part(data: Float64Array, rows: number, start: number, stride: number, width: number): Output {
  const out = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const from = start + row * stride;
    out.set(data.subarray(from, from + width), row * width);
  }
  return { shape: [rows, width], data: out };
}
