// XGBoost's trees, of all of a booster in one set of arrays.

import type { Fields } from "../json/fields.js";

interface Forest {
  /** The first node of each tree. */
  readonly roots: Int32Array;
  /** The output that each tree adds to. */
  readonly groups: Int32Array;
  readonly features: Int32Array;
  /** The threshold of a split, the value of a leaf. */
  readonly values: Float32Array;
  /** Of leaves with a value for each output (multi_output_tree), by node: their values. */
  readonly vectors: ReadonlyMap<number, Float32Array>;
  /** The node on the left; -1: a leaf. */
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
  /** Whether a missing value goes left. */
  readonly defaultLefts: Uint8Array;
  /** Of splits by category: the categories that go right. */
  readonly categories: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Nodes of one booster; each needs 21 bytes. */
const nodesMax = 1 << 26;

/** Larger numbers are not a category, and go left: XGBoost's own limit, the integers of a float. */
const categoryMax = 1 << 24;

/**
 * @throws ModelError "xgboost-broken" unless each tree's nodes are reached once, and split on columns that are there.
 */
export function readForest(model: Fields, columns: number, groups: number): Forest {
  const trees = model.objects("trees");
  const sizes = trees.map((tree) => tree.numbers("left_children").length);
  const nodes = sizes.reduce((sum, size) => sum + size, 0);
  if (nodes > nodesMax) throw model.broken(`it has ${nodes} nodes; the maximum is ${nodesMax}`);
  const groupOfTree = Int32Array.from(model.numbers("tree_info", trees.length));
  if (!groupOfTree.every((group) => group >= 0 && group < groups))
    throw model.broken(`tree_info names an output beyond its ${groups}`);
  const categories = new Map<number, ReadonlySet<number>>();
  const vectors = new Map<number, Float32Array>();
  const forest = {
    roots: new Int32Array(trees.length),
    groups: groupOfTree,
    features: new Int32Array(nodes),
    values: new Float32Array(nodes),
    lefts: new Int32Array(nodes),
    rights: new Int32Array(nodes),
    defaultLefts: new Uint8Array(nodes),
    categories,
    vectors,
  };
  let start = 0;
  for (const [index, tree] of trees.entries()) {
    const size = sizes[index]!;
    forest.roots[index] = start;
    forest.features.set(tree.numbers("split_indices", size), start);
    forest.values.set(tree.numbers("split_conditions", size), start);
    forest.defaultLefts.set(readFlags(tree, "default_left", size), start);
    readChildren(tree, start, size, columns, forest);
    readCategories(tree, start, size, categories);
    readVectors(tree, start, size, groups, forest.lefts, vectors);
    start += size;
  }
  return forest;
}

/** JSON of old versions has true and false. */
function readFlags(tree: Fields, name: string, size: number): ArrayLike<number> {
  const value = tree.get(name);
  const isFlags = Array.isArray(value) && value.length === size && value.every((item) => typeof item === "boolean");
  return isFlags ? value.map(Number) : tree.numbers(name, size);
}

/** Walks from the root: a pruned tree has unreachable nodes and repeated numbers, but no cycles. */
function readChildren(tree: Fields, start: number, size: number, columns: number, forest: Forest): void {
  if (size === 0) throw tree.broken(`${tree.path} has no nodes`);
  const parameters = tree.optionalFields("tree_param");
  const recorded = parameters?.number("num_nodes", size) ?? size;
  if (recorded !== size) throw tree.broken(`${tree.path} has ${size} nodes, but its num_nodes is ${recorded}`);
  const lefts = tree.numbers("left_children", size);
  const rights = tree.numbers("right_children", size);
  const seen = new Uint8Array(size);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen[node]) throw tree.broken(`${tree.path} reaches its node ${node} twice`);
    seen[node] = 1;
    const left = lefts[node]!;
    const right = rights[node]!;
    if (left === -1) {
      forest.lefts[start + node] = -1;
      continue;
    }
    for (const child of [left, right]) {
      if (!Number.isInteger(child) || child < 0 || child >= size)
        throw tree.broken(`${tree.path} refers from node ${node} to ${child}, of ${size}`);
      open.push(child);
    }
    if (!(forest.features[start + node]! >= 0 && forest.features[start + node]! < columns)) {
      throw tree.broken(`${tree.path} splits on column ${forest.features[start + node]} of ${columns}`);
    }
    forest.lefts[start + node] = start + left;
    forest.rights[start + node] = start + right;
  }
}

function readCategories(tree: Fields, start: number, size: number, categories: Map<number, ReadonlySet<number>>): void {
  if (tree.get("categories_nodes") === undefined) return;
  const nodes = tree.numbers("categories_nodes");
  const all = tree.numbers("categories");
  const starts = tree.numbers("categories_segments", nodes.length);
  const sizes = tree.numbers("categories_sizes", nodes.length);
  for (let index = 0; index < nodes.length; index++) {
    const [node, first, count] = [nodes[index]!, starts[index]!, sizes[index]!];
    if (!(node >= 0 && node < size && first >= 0 && count >= 0 && first + count <= all.length))
      throw tree.broken(`${tree.path} has categories beyond its nodes or its list`);
    categories.set(start + node, new Set(Array.from({ length: count }, (_, offset) => all[first + offset]!)));
  }
}

/**
 * The values of the leaves of a tree for all outputs: since 3.1 `leaf_weights`, in the order of the leaves' numbers,
 * which are in the place of their right children; before, `base_weights` of every node.
 */
function readVectors(
  tree: Fields,
  start: number,
  size: number,
  groups: number,
  lefts: Int32Array,
  vectors: Map<number, Float32Array>,
): void {
  const width = tree.optionalFields("tree_param")?.number("size_leaf_vector", 1) ?? 1;
  if (width <= 1) return;
  if (width !== groups) throw tree.broken(`${tree.path} has leaves of ${width} values for ${groups} outputs`);
  const ofLeaves = tree.get("leaf_weights") !== undefined;
  const values = ofLeaves ? tree.numbers("leaf_weights") : tree.numbers("base_weights", size * width);
  const rights = tree.numbers("right_children", size);
  for (let node = 0; node < size; node++) {
    if (lefts[start + node] !== -1) continue;
    const first = (ofLeaves ? rights[node]! : node) * width;
    if (!(first >= 0 && first + width <= values.length))
      throw tree.broken(`${tree.path} has no values for its leaf ${node}`);
    vectors.set(
      start + node,
      Float32Array.from({ length: width }, (_, group) => values[first + group]!),
    );
  }
}

/** The leaf that a row falls into. */
export function leafOf(forest: Forest, root: number, row: Float32Array): number {
  const { features, values, lefts, rights, defaultLefts, categories } = forest;
  const hasCategories = categories.size > 0;
  for (let node = root; ; ) {
    const left = lefts[node]!;
    if (left < 0) return node;
    const value = row[features[node]!]!;
    let goesLeft: boolean;
    const chosen = hasCategories ? categories.get(node) : undefined;
    if (Number.isNaN(value)) goesLeft = defaultLefts[node] === 1;
    else if (chosen) goesLeft = value < 0 || value > categoryMax || !chosen.has(Math.trunc(value));
    else goesLeft = value < values[node]!;
    node = goesLeft ? left : rights[node]!;
  }
}
