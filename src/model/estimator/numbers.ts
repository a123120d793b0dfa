// Results of inner estimators as numbers, in the precision that Python has them in.

import type { ModelMethod } from "../core/create-model.js";
import type { Output, Table } from "../core/model.js";

/** Numbers as Python has them: in 64 or in 32 bits. */
export type Floats = Float64Array | Float32Array;

export interface Numbers {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  /** Whether Python has 32-bit floats. */
  readonly single?: boolean;
}

/** Numbers are single where all that they are computed from are. */
export function areSingle(parts: readonly Numbers[]): boolean {
  return parts.every(({ single }) => single);
}

/** The result of a method as numbers: one column where each row's result is a single number. */
export function numbersFrom(method: ModelMethod, table: Table): Numbers {
  return toNumbers(method.run(table));
}

export function toNumbers({ shape, data }: Output): Numbers {
  const [rows, columns = 1] = shape;
  if (data instanceof Float64Array) return { rows: rows!, columns, data };
  const single = data instanceof Float32Array;
  return { rows: rows!, columns, data: single ? Float64Array.from(data) : Float64Array.from(data, Number), single };
}
