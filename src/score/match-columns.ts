// Which column of the input is which feature of the model.

import { nearest } from "../base/index.js";
import type { Feature, Signature } from "../model/index.js";
import { ScoreError } from "./errors.js";

/** Names that a message lists. */
const namesShownMax = 20;

export interface MatchedColumn {
  /** The index of the input column; undefined for a feature that the model does not use and the input does not have. */
  readonly index: number | undefined;
  readonly feature: Feature;
}

/**
 * Finds the input columns of a model: by name where the file of the model records names, otherwise by position.
 * @param names the input's columns
 * @param chosen the columns that the user chose, in the model's order
 * @throws ScoreError "score-columns"
 */
export function matchColumns(
  signature: Signature,
  names: readonly string[],
  chosen: readonly string[] | undefined,
): readonly MatchedColumn[] {
  const { features } = signature;
  const chosenIndices = chosen?.map((name) => indexOf(names, name, "was chosen with --columns"));
  if (features.length === 0) return (chosenIndices ?? [...names.keys()]).map(columnOfAnyModel(names));
  if (isWholeRow(signature))
    return (chosenIndices ?? [...names.keys()]).map((index) => ({ index, feature: features[0]! }));
  if (chosenIndices) {
    if (chosenIndices.length === features.length)
      return features.map((feature, i) => ({ index: chosenIndices[i]!, feature }));
    throw new ScoreError(
      "score-columns",
      `${chosenIndices.length} columns were chosen; the model has ${features.length}`,
      {
        hint: `The model's columns, in order: ${shown(features.map(({ name }) => name))}.`,
      },
    );
  }
  if (signature.named || features.every(({ name }) => names.includes(name))) {
    return features.map((feature) => ({ feature, index: byName(names, feature) }));
  }
  if (names.length === features.length) return features.map((feature, index) => ({ index, feature }));
  const example = names.slice(0, features.length).join(",");
  throw new ScoreError(
    "score-columns",
    `The input has ${names.length} columns; the model has ${features.length}, and its file records no names for them`,
    { hint: `Choose the columns in the model's order: --columns ${example}. The input has: ${shown(names)}.` },
  );
}

/** Whether the model's only feature is a whole row, as a JSON object: a DictVectorizer. */
export function isWholeRow({ features }: Signature): boolean {
  return features.length === 1 && features[0]!.kind === "json";
}

function columnOfAnyModel(names: readonly string[]) {
  return (index: number): MatchedColumn => ({
    index,
    feature: { name: names[index]!, kind: "category", missing: true },
  });
}

function byName(names: readonly string[], feature: Feature): number | undefined {
  const { name, blanksReplaced, unused } = feature;
  const index = names.indexOf(name);
  if (index >= 0) return index;
  const spaced = blanksReplaced ? names.findIndex((each) => each.replaceAll(" ", "_") === name) : -1;
  if (spaced >= 0) return spaced;
  if (unused) return undefined;
  return indexOf(names, name, "is a column of the model");
}

function indexOf(names: readonly string[], name: string, why: string): number {
  const index = names.indexOf(name);
  if (index >= 0) return index;
  const suggestion = nearest(name, names);
  const didYouMean = suggestion === undefined ? "" : `Did you mean ${JSON.stringify(suggestion)}? `;
  throw new ScoreError("score-columns", `The input has no column ${JSON.stringify(name)}, which ${why}`, {
    hint: `${didYouMean}The input has: ${shown(names)}. Or choose columns in the model's order with --columns.`,
  });
}

function shown(names: readonly string[]): string {
  return names.slice(0, namesShownMax).join(", ") + (names.length > namesShownMax ? ", ..." : "");
}
