// Kernels between eight rows and many support vectors, two rows in a register. Every sum runs in the order of the plain loops of libsvm/, and
// e^x is math/exp.ts step by step, so that every answer is the same to the last bit.
//
// Eight rows lie side by side: row r of column c at (c * 8 + r) * 8 bytes. So do the answers: row r of vector k at (k * 8 + r) * 8.

import { exp, expTables } from "../math/exp.js";
import {
  assemble,
  type Code,
  call,
  doWhile,
  type FunctionText,
  f64,
  f64x2,
  i32,
  i32x4,
  i64x2,
  type Local,
  v128,
  when,
} from "./assembler.js";

export const rowsAtOnce = 8;
const rowBytes = 8 * rowsAtOnce;
/** Registers of two doubles for eight rows. */
const pairs = [0, 1, 2, 3];

/** sums[row] of vectors: (rows, vectors, vectorsEnd, columns * 64, out). `term` gives what a column adds. */
function overColumns(
  name: string,
  term: (row: Local, vector: Local, difference: Local) => readonly Code[],
): FunctionText {
  return {
    name,
    parameters: ["i32", "i32", "i32", "i32", "i32"],
    body([rows, vectors, vectorsEnd, rowsLength, out], local) {
      const row = local("i32");
      const rowsEnd = local("i32");
      const value = local("v128");
      const own = local("v128");
      const difference = local("v128");
      const sums = pairs.map(() => local("v128"));
      const zero = f64x2.splat(f64.const(0));
      return [
        rowsEnd.set(i32.add(rows!.get, rowsLength!.get)),
        doWhile(
          [
            row.set(rows!.get),
            ...sums.map((sum) => sum.set(zero)),
            doWhile(
              [
                value.set(v128.load64Splat(vectors!.get)),
                ...pairs.flatMap((pair) => [
                  own.set(v128.load(row.get, pair * 16)),
                  ...term(own, value, difference),
                  sums[pair]!.set(f64x2.add(sums[pair]!.get, difference.get)),
                ]),
                vectors!.set(i32.add(vectors!.get, i32.const(8))),
                row.set(i32.add(row.get, i32.const(rowBytes))),
              ],
              i32.lessThan(row.get, rowsEnd.get),
            ),
            ...pairs.map((pair) => v128.store(out!.get, sums[pair]!.get, pair * 16)),
            out!.set(i32.add(out!.get, i32.const(rowBytes))),
          ],
          i32.lessThan(vectors!.get, vectorsEnd!.get),
        ),
      ];
    },
  };
}

const dots = overColumns("dots", (row, vector, product) => [product.set(f64x2.mul(row.get, vector.get))]);

const squaredDistances = overColumns("squaredDistances", (row, vector, difference) => [
  difference.set(f64x2.sub(row.get, vector.get)),
  difference.set(f64x2.mul(difference.get, difference.get)),
]);

/** Adds to eight sums: (coefficients, values, valuesEnd, sums), a coefficient for each eight values. */
const addWeighted: FunctionText = {
  name: "addWeighted",
  parameters: ["i32", "i32", "i32", "i32"],
  body([coefficients, values, valuesEnd, out], local) {
    const sums = pairs.map(() => local("v128"));
    const coefficient = local("v128");
    return [
      ...pairs.map((pair) => sums[pair]!.set(v128.load(out!.get, pair * 16))),
      doWhile(
        [
          coefficient.set(v128.load64Splat(coefficients!.get)),
          ...pairs.map((pair) => {
            const product = f64x2.mul(coefficient.get, v128.load(values!.get, pair * 16));
            return sums[pair]!.set(f64x2.add(sums[pair]!.get, product));
          }),
          coefficients!.set(i32.add(coefficients!.get, i32.const(8))),
          values!.set(i32.add(values!.get, i32.const(rowBytes))),
        ],
        i32.lessThan(values!.get, valuesEnd!.get),
      ),
      ...pairs.map((pair) => v128.store(out!.get, sums[pair]!.get, pair * 16)),
    ];
  },
};

/** Bytes of the tables of `exp` at the start of the memory. */
export const tableBytes = 8 * (expTables.coarse.length + expTables.fine.length);
const fineAt = 8 * expTables.coarse.length;

/** e^(factor * value) in place of each value: (values, valuesEnd, factor). */
const exponentials: FunctionText = {
  name: "exponentials",
  parameters: ["i32", "i32", "f64"],
  body([values, valuesEnd, factor], local) {
    const [x, r, step, whole, first, second] = Array.from({ length: 6 }, () => local("v128"));
    const [coarse, coarseLow, fine, fineLow] = Array.from({ length: 4 }, () => local("v128"));
    const [product, productLow, series, rest, high, low] = Array.from({ length: 6 }, () => local("v128"));
    const { stepsPerUnit, rounder, stepHigh, stepLow, errorMax, normalMin, normalMax } = expTables;
    const splat = (value: number) => f64x2.splat(f64.const(value));
    const { add, sub, mul } = f64x2;
    /** Two numbers of a table for each lane: its high parts to `to`, its low parts to `toLow`. A number has 64 places of 16 bytes. */
    const lookUp = (table: number, shift: (place: Code) => Code, to: Local, toLow: Local) => [
      first!.set(v128.load(i32.and(shift(i32x4.extract(0, whole!.get)), i32.const(63 * 16)), table)),
      second!.set(v128.load(i32.and(shift(i32x4.extract(1, whole!.get)), i32.const(63 * 16)), table)),
      to.set(f64x2.shuffle(first!.get, second!.get, [0, 2])),
      toLow.set(f64x2.shuffle(first!.get, second!.get, [1, 3])),
    ];
    const isSure = f64x2.equal(
      add(high!.get, sub(low!.get, splat(errorMax))),
      add(high!.get, add(low!.get, splat(errorMax))),
    );
    const isNormal = v128.and(f64x2.greater(x!.get, splat(normalMin)), f64x2.lessThan(x!.get, splat(normalMax)));
    const exponent = i64x2.ofLowI32x4(i32x4.shiftRight(whole!.get, i32.const(12)));
    const powerOf2 = i64x2.shiftLeft(i64x2.add(exponent, i64x2.splat(i32.const(1023))), i32.const(52));
    const eachByItself = [0, 1] as const;
    return [
      doWhile(
        [
          x!.set(mul(f64x2.splat(factor!.get), v128.load(values!.get))),
          step!.set(sub(add(mul(x!.get, splat(stepsPerUnit)), splat(rounder)), splat(rounder))),
          r!.set(sub(sub(x!.get, mul(step!.get, splat(stepHigh))), mul(step!.get, splat(stepLow)))),
          whole!.set(i32x4.ofF64x2(step!.get)),
          ...lookUp(0, (place) => i32.shiftRight(place, i32.const(2)), coarse!, coarseLow!),
          ...lookUp(fineAt, (place) => i32.shl(place, i32.const(4)), fine!, fineLow!),
          product!.set(mul(coarse!.get, fine!.get)),
          productLow!.set(
            add(mul(coarse!.get, fineLow!.get), add(mul(coarseLow!.get, fine!.get), mul(coarseLow!.get, fineLow!.get))),
          ),
          series!.set(
            add(
              r!.get,
              mul(mul(r!.get, r!.get), add(splat(0.5), mul(r!.get, add(splat(1 / 6), mul(r!.get, splat(1 / 24)))))),
            ),
          ),
          rest!.set(add(mul(product!.get, series!.get), add(productLow!.get, mul(productLow!.get, series!.get)))),
          high!.set(add(product!.get, rest!.get)),
          low!.set(sub(rest!.get, sub(high!.get, product!.get))),
          v128.store(values!.get, mul(high!.get, powerOf2)),
          // Rare: a result so near the middle of two doubles, or at the end of the range, that only more digits can tell.
          when(i32.isZero(i64x2.allTrue(v128.and(isSure, isNormal))), [
            ...eachByItself.map((lane) => x!.set(f64x2.replace(lane, x!.get, call(0, f64x2.extract(lane, x!.get))))),
            v128.store(values!.get, x!.get),
          ]),
          values!.set(i32.add(values!.get, i32.const(16))),
        ],
        i32.lessThan(values!.get, valuesEnd!.get),
      ),
    ];
  },
};

interface VectorKernels {
  dots(rows: number, vectors: number, vectorsEnd: number, rowsLength: number, out: number): void;
  squaredDistances(rows: number, vectors: number, vectorsEnd: number, rowsLength: number, out: number): void;
  addWeighted(coefficients: number, values: number, valuesEnd: number, sums: number): void;
  exponentials(values: number, valuesEnd: number, factor: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels on a memory of their own, of at least so many bytes behind the tables. All addresses are in bytes, and nothing is checked. */
export function vectorKernels(bytes: number): { readonly kernels: VectorKernels; readonly memory: WebAssembly.Memory } {
  compiled ??= new WebAssembly.Module(assemble(["exp"], [dots, squaredDistances, addWeighted, exponentials]));
  const memory = new WebAssembly.Memory({ initial: Math.ceil((tableBytes + bytes) / pageBytes) });
  const numbers = new Float64Array(memory.buffer);
  numbers.set(expTables.coarse, 0);
  numbers.set(expTables.fine, fineAt / 8);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, exp } });
  return { kernels: exports as VectorKernels, memory };
}

const pageBytes = 65_536;
