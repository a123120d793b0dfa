// Numbers of CatBoost's JSON. Its reader (RapidJSON without full precision) rounds a number of 17 digits more than
// once, so that a model from JSON predicts slightly other values than the .cbm file of the same model.

/** Digits that CatBoost writes, enough to tell any two doubles apart. */
const digitsMax = 17;

/** While the digits so far are at most this, RapidJSON adds the next one to an integer of 64 bits. */
const exactMax = 2 ** 53 - 1;

/** The largest power of ten in one step. */
const powerMax = 308;

/** @param value the number that the file has, correctly rounded @returns what CatBoost reads */
export function asCatboostReads(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(digitsMax - 1)
    .split("e") as [string, string];
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  const read = scaled(significandOf(digits), Number(exponent) - (digits.length - 1));
  return value < 0 ? -read : read;
}

/** Up to 17 digits as a double. The last one is added to a double if the others do not fit into 53 bits. */
function significandOf(digits: string): number {
  const head = Number(digits.slice(0, digitsMax - 1));
  if (digits.length < digitsMax || head <= exactMax) return Number(digits);
  return head * 10 + Number(digits.at(-1));
}

function scaled(significand: number, power: number): number {
  if (power >= 0) return significand * Number(`1e${power}`);
  if (power >= -powerMax) return significand / Number(`1e${-power}`);
  return significand / 1e308 / Number(`1e${-power - powerMax}`);
}
