// A LightGBM model, from its text format.

import type { Feature, Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import { type Block, broken, readModelText } from "./model-text.js";
import { classifying, conversionOf, objectiveNames } from "./objectives.js";
import { readTrees, treeValue } from "./trees.js";

export interface Booster {
  readonly objective: string;
  /** Whether the results are probabilities of classes. */
  readonly classifies: boolean;
  readonly features: readonly Feature[];
  readonly named: boolean;
  /** Values for each row: the classes where there are more than two, else 1. */
  readonly outputs: number;
  readonly rounds: number;
  /** Turns the sums over this many rounds into results, in place. */
  convert(sums: Float64Array, rounds: number): void;
  /** Fills `out` with the sums of a row's leaves, over the first `rounds` rounds. */
  sums(row: Float64Array, out: Float64Array, rounds: number): void;
}

const columnsMax = 1 << 21;
const outputsMax = 10_000;

/** Names that LightGBM gives to columns without one. */
const ownName = /^Column_\d+$/;

/** @throws ModelError "lightgbm-broken", "estimator-unsupported", "model-too-large" */
export function readBooster(text: string): Booster {
  const { header, trees: blocks, pandasCategories } = readModelText(text);
  const columns = header.count("max_feature_idx") + 1;
  const outputs = header.count("num_tree_per_iteration");
  if (columns > columnsMax || outputs > outputsMax || outputs < 1)
    throw broken(`it has ${columns} columns and ${outputs} outputs`);
  if (blocks.length % outputs !== 0) throw broken(`${blocks.length} trees for ${outputs} outputs`);
  // Absent where the objective is a custom function: then the sums are the result.
  const line = header.has("objective") ? header.text("objective") : "regression";
  const objective = line.split(" ")[0]!;
  const convert = conversionOf(line);
  if (!convert) {
    throw new ModelError(
      "estimator-unsupported",
      `LightGBM: the objective "${printable(objective, 40)}" is not supported`,
      {
        hint: `Supported objectives: ${objectiveNames.join(", ")}.`,
      },
    );
  }
  const trees = readTrees(blocks, columns);
  const isMean = header.has("average_output");
  const features = readFeatures(header, columns, pandasCategories);
  return {
    objective: header.has("objective") ? objective : "custom",
    classifies: header.has("objective") && classifying.includes(objective),
    features,
    named: !features.every(({ name }) => ownName.test(name)),
    outputs,
    rounds: blocks.length / outputs,
    convert(sums, rounds) {
      // A random forest returns a mean; its raw scores are still sums.
      if (isMean && rounds > 0) for (let output = 0; output < outputs; output++) sums[output] = sums[output]! / rounds;
      convert(sums);
    },
    sums(row, out, rounds) {
      out.fill(0);
      for (let tree = 0; tree < rounds * outputs; tree++) {
        const output = tree % outputs;
        out[output] = out[output]! + treeValue(trees, tree, row);
      }
    },
  };
}

/**
 * pandas's categorical columns were passed as codes: the file lists their categories, and marks the columns by the form
 * of their range.
 */
function readFeatures(
  header: Block,
  columns: number,
  pandasCategories: readonly (readonly unknown[])[],
): readonly Feature[] {
  const names = header.words("feature_names");
  const infos = header.words("feature_infos");
  if (names.length !== columns || infos.length !== columns)
    throw broken(`it has ${names.length} names and ${infos.length} ranges for the columns, expected ${columns}`);
  // "[0.1:2.5]" is a range, "none" a column of one value, "-1:0:3" a list of categories.
  const coded = infos.map((info) => /^-?\d+(:-?\d+)*$/.test(info));
  const count = coded.filter(Boolean).length;
  if (pandasCategories.length > 0 && count !== pandasCategories.length) {
    throw new ModelError(
      "estimator-unsupported",
      `LightGBM: the training table had ${pandasCategories.length} categorical columns, but the file marks ${count}`,
      { hint: "A column with one category cannot be told from others: leave it out, and train again." },
    );
  }
  let next = 0;
  return names.map((name, index): Feature => {
    // LightGBM writes "income x" as "income_x".
    const blanksReplaced = name.includes("_") && ({ blanksReplaced: true } as const);
    if (!coded[index] || pandasCategories.length === 0)
      return { name, kind: "number", missing: true, ...blanksReplaced };
    const categories = pandasCategories[next++]!.map(scalarOf);
    return { name, kind: "category", categories, missing: true, ...blanksReplaced };
  });
}

function scalarOf(value: unknown): Scalar {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  throw broken("pandas_categorical holds nested lists");
}
