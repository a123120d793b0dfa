// e^x as CatBoost computes it for softmax and exponentials: a table of 2^(i/2048) and a polynomial, off by one in the
// last place at most.
// The formula is fmath's expd (https://github.com/herumi/fmath).

import { pow } from "../math/pow.js";

const tableBits = 11;
const tableSize = 1 << tableBits;
const table = Float64Array.from({ length: tableSize }, (_, index) => pow(2, index / tableSize));

const stepsPerUnit = tableSize / Math.LN2;
const unitsPerStep = 1 / stepsPerUnit;

/** Adding and subtracting it rounds to an integer. */
const rounder = 3 * 2 ** 51;

/** 1/6 and 3, adapted to the length of a step. */
const cubic = 0.16666666685227835;
const square = 3.0000000027955394;

/** Beyond these a single number is 0 or infinite; numbers in groups are cut off there. */
const xMin = -708.3964185322641;
const xMax = 709.782712893384;
const groupMax = 709.782725693384;

/** Numbers that CatBoost's processors compute at once. */
const groupSize = 4;

/** Replaces each number by its exponential. The last ones that do not fill a group have other ends of the range. */
export function fastExp(numbers: Float64Array): void {
  const grouped = numbers.length - (numbers.length % groupSize);
  for (let index = 0; index < numbers.length; index++) {
    const x = numbers[index]!;
    if (index < grouped) numbers[index] = power(Math.max(Math.min(x, groupMax), xMin));
    else if (x <= xMin) numbers[index] = 0;
    else numbers[index] = x >= xMax ? Number.POSITIVE_INFINITY : power(x);
  }
}

function power(x: number): number {
  const step = x * stepsPerUnit + rounder - rounder;
  const rest = step * unitsPerStep - x;
  const polynomial = (square - rest) * (rest * rest) * cubic - rest + 1;
  const index = step & (tableSize - 1);
  return polynomial * (table[index]! * 2 ** ((step - index) / tableSize));
}
