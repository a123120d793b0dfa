// The weights of TF-IDF: counts times inverse document frequencies, each row to the length 1.

import type { SparseTable } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { type Norm, normalizeRows, readNorm } from "../../estimator/norms.js";
import { log } from "../../math/log.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, type Value } from "../../pickle/values.js";
import { type Csr, isCsr, readCsr } from "../../scipy/sparse.js";

/** What a fitted TfidfTransformer does to counts of `width` columns. */
export function readWeighting(attributes: EstimatorAttributes, width: number): (counts: SparseTable) => SparseTable {
  const norm: Norm | undefined = readNorm(attributes);
  const sublinear = attributes.flag("sublinear_tf");
  const diagonal = attributes.flag("use_idf") ? attributes.get("_idf_diag") : undefined;
  const idf = attributes.flag("use_idf") ? readIdf(attributes, width) : undefined;
  return (counts) => {
    const scaled = sublinear ? { ...counts, data: counts.data.map((count) => log(count) + 1) } : counts;
    const weighted = idf
      ? { ...scaled, data: scaled.data.map((count, entry) => count * idf[scaled.indices[entry]!]!) }
      : scaled;
    // Up to 1.4 the weights are a sparse product, which leaves each row's entries in reverse: later sums run that way.
    const ordered = diagonal === undefined ? weighted : reversed(weighted);
    return norm ? normalizeRows(ordered, norm) : ordered;
  };
}

/** `idf_` (1.5 and later), or the diagonal of the matrix `_idf_diag`. */
function readIdf(attributes: EstimatorAttributes, width: number): Float64Array {
  const value = attributes.get("idf_");
  if (value instanceof NdArray) return attributes.numbers(["idf_"], width);
  const diagonal = diagonalOf(attributes.get("_idf_diag"));
  if (!diagonal) throw attributes.expected("an array", ["idf_", "_idf_diag"], attributes.get("_idf_diag"));
  if (diagonal.length !== width)
    throw attributes.inconsistent(`_idf_diag has ${diagonal.length} weights for ${width} columns`);
  return diagonal;
}

/** How many columns the weights are for, where no other attribute records it. */
export function idfLength(attributes: EstimatorAttributes): number | undefined {
  const value = attributes.get("idf_");
  return value instanceof NdArray ? value.size : diagonalOf(attributes.get("_idf_diag"))?.length;
}

/** A diagonal matrix, in compressed rows or as its diagonal. */
function diagonalOf(value: Value | undefined): Float64Array | undefined {
  if (isCsr(value)) return diagonalOfRows(readCsr(value));
  if (!(value instanceof Instance) || !value.global.name.startsWith("dia_")) return undefined;
  const [data, offsets] = [value.attributes.get("data"), value.attributes.get("offsets")];
  if (!(data instanceof NdArray) || !(offsets instanceof NdArray)) return undefined;
  const [offset, ...more] = offsets.toNumbers();
  return offset === 0 && more.length === 0 ? data.toNumbers() : undefined;
}

function diagonalOfRows({ rows, columns, data, indices, indptr }: Csr): Float64Array | undefined {
  if (rows !== columns) return undefined;
  const diagonal = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) {
      if (indices[entry] !== row) return undefined;
      diagonal[row] = data[entry]!;
    }
  }
  return diagonal;
}

function reversed(table: SparseTable): SparseTable {
  const data = table.data.slice();
  const indices = table.indices.slice();
  for (let row = 0; row < table.rows; row++) {
    const [start, end] = [table.indptr[row]!, table.indptr[row + 1]!];
    data.subarray(start, end).reverse();
    indices.subarray(start, end).reverse();
  }
  return { ...table, data, indices };
}
