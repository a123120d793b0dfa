// scipy's sparse matrices, as pickles store them.

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { NdArray } from "../numpy/ndarray.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { Instance, Tuple, type Value } from "../pickle/values.js";

/**
 * A matrix in compressed rows: row r holds the entries from indptr[r] up to indptr[r + 1], in order of their columns.
 */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  readonly indices: Int32Array;
  readonly indptr: Int32Array;
}

/** Columns of one matrix: hashed documents have 2^20. */
const columnsMax = 1 << 24;

export const scipyGlobals: readonly GlobalRow[] = [
  { modules: ["scipy.sparse.csr", "scipy.sparse._csr"], name: "csr_matrix", call: instance },
  { modules: ["scipy.sparse._csr", "scipy.sparse._arrays"], name: "csr_array", call: instance },
  // Kept next to an estimator's attributes; no reader uses it.
  { modules: ["scipy.sparse.csc", "scipy.sparse._csc"], name: "csc_matrix", call: instance },
  // Weights of TF-IDF in old files; later ones, up to 1.4, keep them in compressed rows.
  { modules: ["scipy.sparse.dia", "scipy.sparse._dia"], name: "dia_matrix", call: instance },
];

export function isCsr(value: Value | undefined): value is Instance {
  return (
    value instanceof Instance &&
    value.global.name.startsWith("csr_") &&
    scipyGlobals.some(({ modules, name }) => modules.includes(value.global.module) && name === value.global.name)
  );
}

/**
 * `order`: whether a row's columns must rise, or may be in any order and repeat.
 * @throws ModelError "estimator-inconsistent" unless every row's columns are in order and in range
 */
export function readCsr(matrix: Instance, order: "rising" | "any" = "rising"): Csr {
  const attribute = (name: string) => matrix.attributes.get(name) ?? matrix.attributes.get(`_${name}`);
  const shape = attribute("shape");
  const [rows, columns] = shape instanceof Tuple ? shape.items : [];
  const [data, indices, indptr] = [attribute("data"), attribute("indices"), attribute("indptr")];
  if (
    typeof rows !== "number" ||
    typeof columns !== "number" ||
    !(data instanceof NdArray && indices instanceof NdArray && indptr instanceof NdArray)
  ) {
    throw inconsistent("A sparse matrix lacks shape, data, indices or indptr");
  }
  const csr = {
    rows,
    columns,
    data: data.toNumbers(),
    indices: Int32Array.from(indices.toNumbers()),
    indptr: Int32Array.from(indptr.toNumbers()),
  };
  check(csr, order);
  return csr;
}

function check({ rows, columns, data, indices, indptr }: Csr, order: "rising" | "any"): void {
  if (!Number.isInteger(columns) || columns < 0 || columns > columnsMax) {
    throw inconsistent(`A sparse matrix has ${columns} columns; the maximum is ${columnsMax}`);
  }
  if (indptr.length !== rows + 1 || indptr[0] !== 0)
    throw inconsistent(`A sparse matrix of ${rows} rows has ${indptr.length} row starts`);
  if (data.length !== indices.length || indptr[rows]! > data.length)
    throw inconsistent("A sparse matrix's entries and columns differ in number");
  // All of them first: with rising ends, no row can reach beyond the last.
  for (let row = 0; row < rows; row++) {
    if (indptr[row + 1]! < indptr[row]!) throw inconsistent(`A sparse matrix's row ${row} ends before it begins`);
  }
  for (let row = 0; row < rows; row++) {
    let before = -1;
    for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) {
      const column = indices[entry]!;
      if (column < 0 || column >= columns || (order === "rising" && column <= before))
        throw inconsistent(`A sparse matrix's row ${row} has a column out of order or range: ${column}`);
      before = column;
    }
  }
}

function inconsistent(message: string): TepalError {
  return new ModelError("estimator-inconsistent", message);
}
