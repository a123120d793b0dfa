// A column whose categories are replaced by numbers, as `df[column].map(numbers)` does.

import { unknownCategory } from "../core/cell-error.js";
import type { Estimator } from "../estimator/estimator.js";
import { columnOf } from "../estimator/tables.js";

/**
 * @param numbers by category. A category that is a number or a boolean has its text as key, as in JSON: 1, true
 */
export function mapEncoder(numbers: ReadonlyMap<string, number>): Estimator {
  return {
    type: "pandas.Series.map",
    inputs: {
      count: 1,
      named: false,
      missing: false,
      features: () => [{ name: "x0", kind: "category", categories: [...numbers.keys()], missing: false }],
    },
    keepsMissing: false,
    methods: new Map([
      [
        "transform",
        {
          output: { kind: "number", columns: 1 },
          run(table) {
            const out = columnOf(table, 0).map((category, row) => {
              const number = numbers.get(String(category));
              // pandas makes it a missing value, which a model then rejects or takes for another category.
              if (number === undefined) throw unknownCategory(category, row, 0);
              return number;
            });
            return { shape: [table.rows, 1], data: Float64Array.from(out) };
          },
        },
      ],
    ]),
    parameters: {},
  };
}
