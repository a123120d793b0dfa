// The trees of CatBoost's JSON format.

import { Fields } from "../json/fields.js";
import { asCatboostReads } from "./json-numbers.js";
import { broken, type TreeParts } from "./parts.js";

interface JsonTrees {
  /** Values in a leaf; undefined where there are no trees. */
  readonly dimension: number | undefined;
  readonly trees: TreeParts;
}

/** Levels of a tree: CatBoost allows 16. */
const levelsMax = 30;

export function readJsonTrees(model: Fields): JsonTrees {
  return model.get("oblivious_trees") === undefined ? readNodes(model) : readLevels(model);
}

/** Trees of one split for each level. */
function readLevels(model: Fields): JsonTrees {
  const splits: number[] = [];
  const sizes: number[] = [];
  const leafValues: number[] = [];
  let dimension: number | undefined;
  for (const [index, value] of model.list("oblivious_trees").entries()) {
    const tree = new Fields(value, `oblivious_trees[${index}]`, broken);
    const levels = tree.get("splits") === null ? [] : tree.list("splits");
    for (const split of levels) splits.push(new Fields(split, `${tree.path}.splits`, broken).count("split_index"));
    const values = tree.numbers("leaf_values");
    const width = values.length / 2 ** levels.length;
    if (levels.length > levelsMax || width !== (dimension ?? width))
      throw broken(`${tree.path} has ${values.length} leaf values for ${levels.length} splits`);
    dimension = width;
    sizes.push(levels.length);
    for (let at = 0; at < values.length; at++) leafValues.push(values[at]!);
  }
  return { dimension, trees: { splits, sizes, leafValues: Float64Array.from(leafValues, asCatboostReads) } };
}

/** Trees of any form, nested: listed in the order of CatBoost, a node before its left and its right branch. */
function readNodes(model: Fields): JsonTrees {
  const splits: number[] = [];
  const sizes: number[] = [];
  const leafValues: number[] = [];
  const steps: number[] = [];
  const leaves: number[] = [];
  let dimension: number | undefined;
  for (const [index, value] of model.list("trees").entries()) {
    const root = splits.length;
    const open = [{ value, parent: -1, side: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const fields = new Fields(next.value, `trees[${index}]`, broken);
      const node = splits.length;
      if (next.parent >= 0) steps[2 * next.parent + next.side] = node - next.parent;
      steps.push(0, 0);
      if (fields.get("value") === undefined) {
        splits.push(fields.fields("split").count("split_index"));
        leaves.push(0);
        open.push({ value: fields.get("right") ?? null, parent: node, side: 1 });
        open.push({ value: fields.get("left") ?? null, parent: node, side: 0 });
      } else {
        const values = typeof fields.get("value") === "number" ? [fields.number("value")] : fields.numbers("value");
        if (values.length !== (dimension ?? values.length))
          throw broken(`${fields.path} has leaves of ${values.length} values`);
        dimension = values.length;
        splits.push(0);
        leaves.push(leafValues.length);
        for (let at = 0; at < values.length; at++) leafValues.push(values[at]!);
      }
    }
    sizes.push(splits.length - root);
  }
  const trees = { splits, sizes, leafValues: Float64Array.from(leafValues, asCatboostReads), nodes: { steps, leaves } };
  return { dimension, trees };
}
