// The support vectors of a LIBSVM model file: "coefficient ... column:value ..." a line, columns counted from 1.

import { printable } from "../pickle/text.js";
import type { Csr } from "../scipy/sparse.js";
import { brokenAt, parseNumber } from "./header.js";
import type { Vectors } from "./kernel.js";

/** Columns of one model: more than the largest text model has. */
const columnsMax = 10_000_000;

/** A table of at most so many numbers is kept with its zeros: rows of one length are faster. */
const denseNumbersMax = 1 << 20;

interface VectorLines {
  readonly vectors: Vectors;
  /** Row c holds the vectors' coefficients number c. */
  readonly coefficients: Float64Array;
}

/** @param first index of the first line of a vector, for errors */
export function readVectors(
  lines: readonly string[],
  first: number,
  rows: number,
  coefficientsOfVector: number,
): VectorLines {
  if (lines.length - first < rows)
    throw brokenAt(lines.length, `the file ends after ${lines.length - first} of ${rows} vectors`);
  const coefficients = new Float64Array(rows * coefficientsOfVector);
  const data: number[] = [];
  const indices: number[] = [];
  const indptr = new Int32Array(rows + 1);
  let columns = 0;
  for (let row = 0; row < rows; row++) {
    const line = first + row;
    const words = lines[line]!.trim().split(/\s+/);
    if (words.length < coefficientsOfVector)
      throw brokenAt(line, `${words.length} coefficients, not ${coefficientsOfVector}`);
    for (let c = 0; c < coefficientsOfVector; c++) {
      coefficients[c * rows + row] = numberAt(words[c]!, line);
    }
    let before = 0;
    for (let at = coefficientsOfVector; at < words.length; at++) {
      const [index, value, extra] = words[at]!.split(":");
      const column = parseNumber(index!);
      if (column === undefined || value === undefined || extra !== undefined) {
        throw brokenAt(line, `"${printable(words[at]!, 30)}" is not column:value`);
      }
      if (!Number.isInteger(column) || column <= before || column > columnsMax) {
        throw brokenAt(line, `the column ${index} is out of order or range`);
      }
      before = column;
      indices.push(column - 1);
      data.push(numberAt(value, line));
    }
    columns = Math.max(columns, before);
    indptr[row + 1] = data.length;
  }
  const csr = { rows, columns, data: Float64Array.from(data), indices: Int32Array.from(indices), indptr };
  return { vectors: fitting(csr), coefficients };
}

/** Dense where that is small: the sums are the same, for they only skip zeros. */
export function fitting(csr: Csr): Vectors {
  const { rows, columns, data, indices, indptr } = csr;
  if (rows * columns > Math.max(denseNumbersMax, 4 * data.length)) return { kind: "sparse", ...csr };
  const dense = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++)
      dense[row * columns + indices[entry]!] = data[entry]!;
  }
  return { kind: "dense", rows, columns, data: dense };
}

function numberAt(text: string, line: number): number {
  const value = parseNumber(text);
  if (value === undefined) throw brokenAt(line, `"${printable(text, 30)}" is not a number`);
  return value;
}
