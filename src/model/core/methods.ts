// Methods that many models share.

import { log } from "../math/log.js";
import type { ModelMethod } from "./create-model.js";
import { eachRow } from "./matrix.js";
import type { Output, Scalar, Table } from "./model.js";

/** Writes the result for the row of `data` that begins at `rowStart` into `out`, starting at `start`. */
export type FillRow = (data: Float64Array, rowStart: number, out: Float64Array, start: number) => void;

/** The same, with the number of the row in the table, for errors. */
export type FillTableRow = (...row: [...Parameters<FillRow>, row: number]) => void;

/** A method of what `first` makes of the table. */
export function after(first: (table: Table) => Table, method: ModelMethod): ModelMethod {
  return { output: method.output, run: (table) => method.run(first(table)) };
}

/** One number for each row. */
export function numberForRow(numberOf: (data: Float64Array, rowStart: number, row: number) => number): ModelMethod {
  return {
    output: { kind: "number" },
    run(table) {
      const out = new Float64Array(table.rows);
      eachRow(table, (data, rowStart, row) => {
        out[row] = numberOf(data, rowStart, row);
      });
      return { shape: [table.rows], data: out };
    },
  };
}

/** A list of `width` numbers for each row. */
export function numbersForRow(width: number, fill: FillTableRow): ModelMethod {
  return {
    output: { kind: "number", columns: width },
    run: (table) => fillRows(table, width, fill),
  };
}

/** One label for each row: the class at the returned index. */
export function labelForRow(
  classes: readonly Scalar[],
  classIndexOf: (data: Float64Array, rowStart: number) => number,
): ModelMethod {
  return {
    output: { kind: "label" },
    run(table) {
      const out = new Array<Scalar>(table.rows);
      eachRow(table, (data, rowStart, row) => {
        out[row] = classes[classIndexOf(data, rowStart)]!;
      });
      return { shape: [table.rows], data: out };
    },
  };
}

/** The label with the largest of another method's values; the first one on a tie. */
export function labelOfLargest(classes: readonly Scalar[], scores: ModelMethod): ModelMethod {
  const width = classes.length;
  return {
    output: { kind: "label" },
    run(table) {
      const { shape, data } = scores.run(table);
      const values = data instanceof Float64Array ? data : Float64Array.from(data, Number);
      const rows = shape[0]!;
      return {
        shape: [rows],
        data: Array.from({ length: rows }, (_, row) => classes[argmax(values, row * width, width)]!),
      };
    },
  };
}

/** The logarithms of another method's values: predict_log_proba of nearly every classifier. */
export function logarithmOf(method: ModelMethod): ModelMethod {
  return {
    output: method.output,
    run(table: Table): Output {
      return logarithms(method.run(table));
    },
  };
}

/** The probabilities of two classes, from those of the second one: [1 - p, p]. */
export function bothClasses(second: ModelMethod): ModelMethod {
  return {
    output: { kind: "number", columns: 2 },
    run(table) {
      const { data } = second.run(table);
      const out = new (data instanceof Float32Array ? Float32Array : Float64Array)(2 * data.length);
      for (let row = 0; row < data.length; row++) {
        const probability = Number(data[row]);
        out[2 * row] = 1 - probability;
        out[2 * row + 1] = probability;
      }
      return { shape: [data.length, 2], data: out };
    },
  };
}

function logarithms({ shape, data, parts }: Output): Output {
  const logs = { shape, data: Float64Array.from(data, (value) => log(Number(value))) };
  return parts ? { ...logs, parts: parts.map(logarithms) } : logs;
}

/** The index of the largest of `width` values from `start` on; the first one on a tie, as numpy's argmax. */
export function argmax(values: Float64Array | Float32Array, start: number, width: number): number {
  let best = 0;
  for (let index = 1; index < width; index++) if (values[start + index]! > values[start + best]!) best = index;
  return best;
}

function fillRows(table: Table, width: number, fill: FillTableRow): Output {
  const out = new Float64Array(table.rows * width);
  eachRow(table, (data, rowStart, row) => fill(data, rowStart, out, row * width, row));
  return { shape: [table.rows, width], data: out };
}
