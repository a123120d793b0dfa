// How many columns go in and come out, where an estimator may take any number of them.

import type { Estimator } from "./estimator.js";
import { anyCount, type Inputs } from "./inputs.js";

export function takes({ inputs }: Estimator, columns: number): boolean {
  return inputs.count === columns || inputs.count === anyCount || columns === anyCount;
}

/** Columns that `transform` answers when it is given so many. */
export function widthAfter({ methods }: Estimator, columns: number): number {
  const answered = methods.get("transform")?.answers.columns ?? 1;
  return answered === anyCount ? columns : answered;
}

/** Columns that an estimator does not tell of, or that pass by: numbers, as far as a file can tell. */
export function knownInputs(inputs: Inputs | undefined, count: number): Inputs {
  if (inputs && inputs.count !== anyCount) return inputs;
  return {
    count,
    named: false,
    missing: true,
    features: () => Array.from({ length: count }, (_, index) => ({ name: `x${index}`, kind: "number", missing: true })),
  };
}
