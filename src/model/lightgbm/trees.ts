// LightGBM's trees, of all of a model in one set of arrays. Doubles throughout.

import { type Block, broken } from "./model-text.js";

/** How a node decides, as bits of decision_type. */
const categoricalBit = 1;
const defaultLeftBit = 2;
/** What is missing at a split: no value, zero, or NaN. */
const missingMask = 12;
const missingZero = 4;
const missingNaN = 8;

/** Values nearer to zero are zero: 1e-35 as a float. */
export const zeroThreshold = Math.fround(1e-35);

interface Trees {
  /** The first node of each tree, or ~leaf where the tree has no split. */
  readonly roots: Int32Array;
  readonly features: Int32Array;
  readonly thresholds: Float64Array;
  readonly decisions: Uint8Array;
  /** The next node, or ~leaf. */
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
  readonly leaves: Float64Array;
  /** Where a categorical split's bits begin and end in `words`. */
  readonly wordStarts: Int32Array;
  readonly wordEnds: Int32Array;
  /** Bits of the categories that go left. */
  readonly words: Uint32Array;
  /** Of trees with linear leaves: what a leaf's value is instead, unless a value is missing. */
  readonly linear: ReadonlyMap<number, LinearLeaf>;
}

interface LinearLeaf {
  readonly constant: number;
  readonly features: Int32Array;
  readonly coefficients: Float64Array;
}

/** @throws ModelError "lightgbm-broken" unless each node is reached once, and splits on a column that is there. */
export function readTrees(blocks: readonly Block[], columns: number): Trees {
  // Leaves first: the file's content limits the declared sizes.
  const leaves = blocks.map((block) => block.numbers("leaf_value", block.count("num_leaves")));
  if (leaves.some(({ length }) => length === 0)) throw broken("a tree has no leaves");
  const leafCount = leaves.reduce((sum, { length }) => sum + length, 0);
  const nodes = leafCount - blocks.length;
  const linear = new Map<number, LinearLeaf>();
  const words: number[] = [];
  const trees = {
    roots: new Int32Array(blocks.length),
    features: new Int32Array(nodes),
    thresholds: new Float64Array(nodes),
    decisions: new Uint8Array(nodes),
    lefts: new Int32Array(nodes),
    rights: new Int32Array(nodes),
    leaves: new Float64Array(leafCount),
    wordStarts: new Int32Array(nodes),
    wordEnds: new Int32Array(nodes),
  };
  let node = 0;
  let leaf = 0;
  for (const [index, block] of blocks.entries()) {
    const size = leaves[index]!.length;
    trees.leaves.set(leaves[index]!, leaf);
    trees.roots[index] = size > 1 ? node : ~leaf;
    if (size > 1) {
      const splits = size - 1;
      trees.features.set(block.integers("split_feature", splits), node);
      trees.thresholds.set(block.numbers("threshold", splits), node);
      trees.decisions.set(block.integers("decision_type", splits), node);
      readChildren(block, node, leaf, splits, columns, trees);
      readCategories(block, node, splits, trees, words);
    }
    if (block.has("is_linear") && block.text("is_linear") === "1") readLinear(block, leaf, size, columns, linear);
    node += size - 1;
    leaf += size;
  }
  return { ...trees, words: Uint32Array.from(words), linear };
}

type Arrays = Omit<Trees, "words" | "linear">;

function readChildren(
  block: Block,
  first: number,
  firstLeaf: number,
  splits: number,
  columns: number,
  trees: Arrays,
): void {
  const lefts = block.integers("left_child", splits);
  const rights = block.integers("right_child", splits);
  const seen = new Uint8Array(splits);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen[node]) throw broken(`${block.name} reaches its node ${node} twice`);
    seen[node] = 1;
    const feature = trees.features[first + node]!;
    if (feature < 0 || feature >= columns) throw broken(`${block.name} splits on column ${feature} of ${columns}`);
    trees.lefts[first + node] = placeOf(lefts[node]!);
    trees.rights[first + node] = placeOf(rights[node]!);
  }
  function placeOf(child: number): number {
    if (child >= splits || -child > splits + 1) throw broken(`${block.name} refers to ${child} of ${splits} nodes`);
    if (child < 0) return ~(firstLeaf + ~child);
    open.push(child);
    return first + child;
  }
}

function readCategories(block: Block, first: number, splits: number, trees: Arrays, words: number[]): void {
  const count = block.has("num_cat") ? block.count("num_cat") : 0;
  const bounds = count > 0 ? block.integers("cat_boundaries", count + 1) : new Float64Array(1);
  const own = count > 0 ? block.integers("cat_threshold", bounds[count]!) : new Float64Array();
  for (let node = first; node < first + splits; node++) {
    if ((trees.decisions[node]! & categoricalBit) === 0) continue;
    const [from, to] = [bounds[trees.thresholds[node]!], bounds[trees.thresholds[node]! + 1]];
    if (from === undefined || to === undefined || from < 0 || to < from || to > own.length)
      throw broken(`${block.name} has a split by categories that do not exist`);
    trees.wordStarts[node] = words.length + from;
    trees.wordEnds[node] = words.length + to;
  }
  for (const word of own) words.push(word);
}

function readLinear(
  block: Block,
  firstLeaf: number,
  size: number,
  columns: number,
  linear: Map<number, LinearLeaf>,
): void {
  const constants = block.numbers("leaf_const", size);
  const counts = block.integers("num_features", size);
  if (counts.some((count) => count < 0)) throw broken(`${block.name} has a leaf of less than no columns`);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const features = block.integers("leaf_features", all);
  const coefficients = block.numbers("leaf_coeff", all);
  if (features.some((feature) => feature < 0 || feature >= columns))
    throw broken(`${block.name} has a leaf on a column beyond ${columns}`);
  let at = 0;
  for (let leaf = 0; leaf < size; leaf++) {
    const end = at + counts[leaf]!;
    linear.set(firstLeaf + leaf, {
      constant: constants[leaf]!,
      features: Int32Array.from(features.subarray(at, end)),
      coefficients: coefficients.slice(at, end),
    });
    at = end;
  }
}

/** The value of one tree for a row. */
export function treeValue(trees: Trees, tree: number, row: Float64Array): number {
  let place = trees.roots[tree]!;
  while (place >= 0)
    place = goesLeft(trees, place, row[trees.features[place]!]!) ? trees.lefts[place]! : trees.rights[place]!;
  const leaf = trees.linear.size > 0 ? trees.linear.get(~place) : undefined;
  return leaf ? linearValue(leaf, row, trees.leaves[~place]!) : trees.leaves[~place]!;
}

function goesLeft(trees: Trees, node: number, value: number): boolean {
  const decision = trees.decisions[node]!;
  if (decision & categoricalBit) return hasCategory(trees, node, value);
  const missing = decision & missingMask;
  const known = Number.isNaN(value) && missing !== missingNaN ? 0 : value;
  const isMissing =
    missing === missingZero ? Math.abs(known) <= zeroThreshold : missing === missingNaN && Number.isNaN(known);
  return isMissing ? (decision & defaultLeftBit) !== 0 : known <= trees.thresholds[node]!;
}

function hasCategory({ words, wordStarts, wordEnds }: Trees, node: number, value: number): boolean {
  const category = Math.trunc(value);
  // A missing value is NaN, and no category.
  if (!(category >= 0)) return false;
  const word = wordStarts[node]! + Math.floor(category / 32);
  return word < wordEnds[node]! && ((words[word]! >>> (category % 32)) & 1) === 1;
}

function linearValue({ constant, features, coefficients }: LinearLeaf, row: Float64Array, otherwise: number): number {
  let sum = constant;
  for (let index = 0; index < features.length; index++) {
    const value = row[features[index]!]!;
    if (Number.isNaN(value)) return otherwise;
    sum += coefficients[index]! * value;
  }
  return sum;
}
