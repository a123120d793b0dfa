// Columns that the user's code adds, with one value for every row: df["source"] = "web".

import { suggestion } from "../../base/index.js";
import type { Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import type { Estimator } from "../estimator/estimator.js";
import type { Inputs } from "../estimator/inputs.js";
import { columnOf, tableOfColumns, transformTo } from "../estimator/tables.js";

/** Columns that a message lists. */
const shownMax = 20;

/**
 * The step from the columns of a request to those of the next step.
 * @param next the inputs of the next step
 * @throws ModelError "chain-constants" for a column that the next step does not have, or a string for a number
 */
export function constantsStep(next: Inputs, constants: Readonly<Record<string, Scalar>>): Estimator {
  if (!next.named) {
    throw new ModelError("chain-constants", "constants needs the names of the columns, and no part records them", {
      hint: "Add the key columns: the names of the table's columns in order.",
    });
  }
  const features = next.features();
  const names = features.map(({ name }) => name);
  for (const [name, value] of Object.entries(constants)) {
    const feature = features.find((each) => each.name === name);
    if (!feature) throw columnUnknown(name, names);
    if (feature.kind === "number" && typeof value === "string") {
      throw new ModelError("chain-constants", `The constant of ${JSON.stringify(name)} is a string, expected a number`);
    }
  }
  /** For each column of the result: that of the request, or a constant. */
  const sources = new Map<number, number>();
  const kept: number[] = [];
  for (const [column, name] of names.entries()) {
    if (Object.hasOwn(constants, name)) continue;
    sources.set(column, kept.length);
    kept.push(column);
  }
  return {
    type: "constants",
    inputs: { ...next, count: kept.length, features: () => kept.flatMap((column) => next.features()[column] ?? []) },
    keepsMissing: true,
    unchanged: sources,
    methods: new Map([
      [
        "transform",
        transformTo(names.length, (table) => {
          const columns = names.map((name, column) => {
            const from = sources.get(column);
            return from === undefined
              ? new Array<Scalar>(table.rows).fill(constants[name] ?? null)
              : columnOf(table, from);
          });
          return tableOfColumns(columns, table.rows);
        }),
      ],
    ]),
    parameters: {},
  };
}

function columnUnknown(name: string, names: readonly string[]): ModelError {
  const listed = names.slice(0, shownMax).join(", ") + (names.length > shownMax ? ", ..." : "");
  return new ModelError("chain-constants", `constants: the model has no column ${JSON.stringify(name)}`, {
    hint: suggestion(name, names, `The columns are: ${listed}.`),
  });
}
