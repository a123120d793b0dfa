// The k-d trees and ball trees of scikit-learn's files, walked as scikit-learn walks them: which of equal distances are
// found depends on the way.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { FittedMatrix } from "../../estimator/fitted-matrix.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, Tuple, type Value } from "../../pickle/values.js";
import type { NeighborHeap } from "./heap.js";
import type { Metric } from "./metrics.js";

export interface NeighborTree {
  readonly points: FittedMatrix;
  /** Weights of the points, where a density was fitted with them. */
  readonly weights: Float64Array | undefined;
  /** Pushes the points near a row to the heap. */
  collect(row: Float64Array, start: number, heap: NeighborHeap): void;
  /** Visits the points within a radius, with their distances. */
  within(row: Float64Array, start: number, radius: number, visit: (index: number, distance: number) => void): void;
}

interface Nodes {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly leaf: Uint8Array;
  readonly radius: Float64Array;
  /** Of a k-d tree the lower corners, then the upper ones; of a ball tree the centers. */
  readonly bounds: Float64Array;
  readonly boxes: boolean;
  readonly order: Int32Array;
}

/** @throws ModelError "estimator-inconsistent" unless the points of every node and leaf are those of the tree */
export function readNeighborTree(
  attributes: EstimatorAttributes,
  value: Value | undefined,
  metric: Metric,
): NeighborTree {
  const parts = value instanceof Instance && value.state instanceof Tuple ? value.state.items : [];
  const [data, order, nodeData, nodeBounds] = parts;
  if (
    !(data instanceof NdArray && order instanceof NdArray && nodeData instanceof NdArray) ||
    !(nodeBounds instanceof NdArray) ||
    data.shape.length !== 2 ||
    nodeBounds.shape.length !== 3
  ) {
    throw attributes.expected("a tree of neighbors", ["_tree"], value);
  }
  const [rows, columns] = data.shape as [number, number];
  const points = { rows, columns, data: data.toNumbers() };
  const weights = parts[12] instanceof NdArray ? parts[12].toNumbers() : undefined;
  if (weights && weights.length !== rows) throw attributes.inconsistent(`its tree has ${weights.length} weights`);
  const nodes = readNodes(attributes, points, order.toNumbers(), nodeData, nodeBounds);
  if (nodes.boxes && metric.p === undefined)
    throw attributes.inconsistent(`its tree of boxes has the metric ${metric.name}`);
  const lower = nodes.boxes ? boxBound(nodes, columns, metric.p!) : ballBound(nodes, columns, metric);
  return {
    points,
    weights,
    collect: (row, start, heap) => collect(points, nodes, metric, lower, row, start, heap),
    within: (row, start, radius, visit) => within(points, nodes, metric, lower, row, start, radius, visit),
  };
}

function readNodes(
  attributes: EstimatorAttributes,
  { rows, columns }: FittedMatrix,
  order: Float64Array,
  data: NdArray,
  bounds: NdArray,
): Nodes {
  const [layers, count, width] = bounds.shape;
  const nodes: Nodes = {
    count: data.size,
    from: Int32Array.from(data.toFieldNumbers("idx_start")),
    to: Int32Array.from(data.toFieldNumbers("idx_end")),
    leaf: Uint8Array.from(data.toFieldNumbers("is_leaf"), (leaf) => (leaf === 0 ? 0 : 1)),
    radius: data.toFieldNumbers("radius"),
    bounds: bounds.toNumbers(),
    boxes: layers === 2,
    order: Int32Array.from(order),
  };
  if ((layers !== 1 && layers !== 2) || count !== nodes.count || width !== columns || count === 0) {
    throw attributes.inconsistent("the bounds of its tree do not fit its nodes");
  }
  if (order.length !== rows || order.some((index) => !(index >= 0 && index < rows))) {
    throw attributes.inconsistent("its tree names points that do not exist");
  }
  let held = 0;
  for (let node = 0; node < nodes.count; node++) {
    const [from, to] = [nodes.from[node]!, nodes.to[node]!];
    if (from < 0 || from > to || to > rows) throw attributes.inconsistent(`node ${node} of its tree is out of range`);
    if (nodes.leaf[node]) held += to - from;
    else if (2 * node + 2 >= nodes.count) throw attributes.inconsistent(`node ${node} of its tree has no children`);
  }
  if (held > rows) throw attributes.inconsistent("the leaves of its tree hold points twice");
  return nodes;
}

/** The least reduced distance between a row and a node's points. */
type Bound = (node: number, row: Float64Array, start: number) => number;

function boxBound({ bounds, count }: Nodes, columns: number, p: number): Bound {
  const upper = count * columns;
  return (node, row, start) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const value = row[start + column]!;
      const low = bounds[node * columns + column]! - value;
      const high = value - bounds[upper + node * columns + column]!;
      const outside = 0.5 * (low + Math.abs(low) + (high + Math.abs(high)));
      if (p === 2) sum += outside * outside;
      else if (p === 1) sum += outside;
      else if (p === Number.POSITIVE_INFINITY) sum = Math.max(sum, outside);
      else sum += outside ** p;
    }
    return sum;
  };
}

function ballBound({ bounds, radius }: Nodes, columns: number, metric: Metric): Bound {
  return (node, row, start) => {
    const distance = metric.toDistance(metric.reduced(row, start, bounds, node * columns, columns));
    return metric.toReduced(Math.max(0, distance - radius[node]!));
  };
}

/** More than a quick distance can be off. */
const quickSlack = 1 + 1e-12;

function collect(
  { columns, data }: FittedMatrix,
  { from, to, leaf, order }: Nodes,
  metric: Metric,
  lower: Bound,
  row: Float64Array,
  start: number,
  heap: NeighborHeap,
): void {
  const { quick } = metric;
  function visit(node: number, bound: number): void {
    if (bound > heap.largest) return;
    if (leaf[node]) {
      for (let at = from[node]!; at < to[node]!; at++) {
        const index = order[at]!;
        if (quick && quick(row, start, data, index * columns, columns) > heap.largest * quickSlack) continue;
        heap.push(metric.reduced(row, start, data, index * columns, columns), index);
      }
      return;
    }
    const first = 2 * node + 1;
    const second = first + 1;
    const firstBound = lower(first, row, start);
    const secondBound = lower(second, row, start);
    if (firstBound <= secondBound) {
      visit(first, firstBound);
      visit(second, secondBound);
    } else {
      visit(second, secondBound);
      visit(first, firstBound);
    }
  }
  visit(0, lower(0, row, start));
}

function within(
  { columns, data }: FittedMatrix,
  { from, to, leaf, order }: Nodes,
  metric: Metric,
  lower: Bound,
  row: Float64Array,
  start: number,
  radius: number,
  found: (index: number, distance: number) => void,
): void {
  const reducedRadius = metric.toReduced(radius);
  function visit(node: number): void {
    if (metric.toDistance(lower(node, row, start)) > radius) return;
    if (!leaf[node]) {
      visit(2 * node + 1);
      visit(2 * node + 2);
      return;
    }
    for (let at = from[node]!; at < to[node]!; at++) {
      const index = order[at]!;
      const reduced = metric.reduced(row, start, data, index * columns, columns);
      if (reduced <= reducedRadius) found(index, metric.toDistance(reduced));
    }
  }
  visit(0);
}
