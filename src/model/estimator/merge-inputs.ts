// The columns of a model whose parts use some of them each.

import type { Feature } from "../core/model.js";
import type { Inputs } from "./inputs.js";

/** A part's columns, and where each of them is in the whole table. */
interface PartInputs {
  readonly inputs: Inputs;
  readonly columns: readonly number[];
}

/** Kinds by how much they accept: a column that two parts read as different kinds has the wider one. */
const widths: Readonly<Record<Feature["kind"], number>> = { number: 0, category: 1, text: 2, json: 3 };

/** A column that no part uses: any value is accepted. */
function ignored(name: string): Feature {
  return { name, kind: "category", missing: true, unused: true };
}

/** @param names the columns' names, where the file records them. */
export function mergeInputs(parts: readonly PartInputs[], count: number, names: readonly string[] | undefined): Inputs {
  return {
    count,
    named: names !== undefined,
    // For the whole table; `features` says it for each column.
    missing: true,
    features() {
      const features = new Array<Feature | undefined>(count);
      for (const { inputs, columns } of parts) {
        for (const [index, feature] of inputs.features().entries()) {
          const column = columns[index]!;
          const before = features[column];
          features[column] = before ? mergeFeatures(before, feature) : feature;
        }
      }
      return Array.from(features, (feature, column) => {
        const name = names?.[column] ?? `x${column}`;
        return feature ? { ...feature, name } : ignored(name);
      });
    },
  };
}

/** A column that two parts read: of the wider kind, and missing values only where both accept them. */
export function mergeFeatures(before: Feature, feature: Feature): Feature {
  const wider = widths[feature.kind] > widths[before.kind] ? feature : before;
  return { ...wider, missing: before.missing && feature.missing };
}
