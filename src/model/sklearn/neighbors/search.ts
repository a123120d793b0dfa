// The training rows nearest to a row, or within a radius: by the stored tree, or by the distance to every row.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { checkFinite, readMatrix } from "../../estimator/fitted-matrix.js";
import { dot, products, squaredNorms } from "../../math/vectors.js";
import { argPartition, argSort } from "../../numpy/partition.js";
import { isCsr, readCsr } from "../../scipy/sparse.js";
import { NeighborHeap, type TieSort } from "./heap.js";
import { type Metric, readMetric } from "./metrics.js";
import { type NeighborTree, readNeighborTree } from "./tree.js";

/** Neighbors of one row, nearest first unless by radius. The arrays are used again for the next row. */
export interface Found {
  readonly count: number;
  readonly indices: ArrayLike<number>;
  readonly distances: ArrayLike<number>;
}

export type FindNear = (row: Float64Array, start: number) => Found;

export interface NeighborSearch {
  /** Training rows. */
  readonly samples: number;
  readonly columns: number;
  readonly metric: string;
  /** Finds the `count` nearest. */
  nearest(count: number): FindNear;
  /** Finds all within `radius`. */
  within(radius: number): FindNear;
}

/** @throws ModelError "estimator-inconsistent", "estimator-unsupported" */
export function readNeighborSearch(attributes: EstimatorAttributes): NeighborSearch {
  const metric = readMetric(attributes);
  const method = attributes.get("_fit_method");
  const search =
    method === "kd_tree" || method === "ball_tree"
      ? byTree(attributes, readNeighborTree(attributes, attributes.get("_tree"), metric), metric)
      : byEveryRow(attributes, metric);
  if (metric.columns !== undefined && metric.columns !== search.columns) {
    throw attributes.inconsistent(`its metric expects ${metric.columns} columns, but its rows have ${search.columns}`);
  }
  return search;
}

function checkCount(attributes: EstimatorAttributes, count: number, samples: number): void {
  if (!Number.isInteger(count) || count < 1 || count > samples) {
    throw attributes.inconsistent(`it uses ${count} neighbors of ${samples} rows`);
  }
}

function byTree(attributes: EstimatorAttributes, tree: NeighborTree, metric: Metric): NeighborSearch {
  const { rows: samples, columns } = tree.points;
  const sort: TieSort = attributes.since(1, 9) ? "introsort" : "quicksort";
  return {
    samples,
    columns,
    metric: metric.name,
    nearest(count) {
      checkCount(attributes, count, samples);
      const heap = new NeighborHeap(count, sort);
      return (row, start) => {
        heap.clear();
        tree.collect(row, start, heap);
        heap.sort();
        return foundBy(heap, metric);
      };
    },
    within(radius) {
      const found = new FoundList();
      return (row, start) => {
        found.clear();
        tree.within(row, start, radius, (index, distance) => found.add(index, distance));
        return found;
      };
    },
  };
}

function foundBy(heap: NeighborHeap, metric: Metric): Found {
  const { distances, indices } = heap;
  const { length } = distances;
  for (let at = 0; at < length; at++) distances[at] = metric.toDistance(distances[at]!);
  return { count: length, indices, distances };
}

class FoundList implements Found {
  readonly indices: number[] = [];
  readonly distances: number[] = [];

  get count(): number {
    return this.indices.length;
  }

  add(index: number, distance: number): void {
    this.indices.push(index);
    this.distances.push(distance);
  }

  clear(): void {
    this.indices.length = 0;
    this.distances.length = 0;
  }
}

/** Writes the reduced distances of a row to all training rows. */
type Measure = (row: Float64Array, start: number, distances: Float64Array) => void;

/** Metrics that scikit-learn measures by its own loops since 1.1; the others by scipy, as all of them before. */
const ownLoops = new Set([
  "euclidean",
  "l2",
  "manhattan",
  "chebyshev",
  "minkowski",
  "seuclidean",
  "canberra",
  "braycurtis",
  "haversine",
  "sqeuclidean",
]);

/** Sparse rows came with 1.2, and 1.4 gave up those of the Euclidean distance again. */
function sparseInOwnLoops(attributes: EstimatorAttributes, { name }: Metric): boolean {
  return attributes.since(1, 2) && !(attributes.since(1, 4) && name.includes("euclidean"));
}

function byEveryRow(attributes: EstimatorAttributes, metric: Metric): NeighborSearch {
  const { samples, columns, measure } = readMeasure(attributes, metric);
  const own =
    ownLoops.has(metric.name) &&
    (isCsr(attributes.get("_fit_X")) ? sparseInOwnLoops(attributes, metric) : attributes.since(1, 1));
  const distances = new Float64Array(samples);
  return {
    samples,
    columns,
    metric: metric.name,
    nearest(count) {
      checkCount(attributes, count, samples);
      if (!own) {
        return (row, start) => {
          measure(row, start, distances);
          const indices = argSort(distances, argPartition(distances, count - 1).subarray(0, count));
          return {
            count,
            indices,
            distances: Float64Array.from(indices, (index) => metric.toDistance(distances[index]!)),
          };
        };
      }
      const sort: TieSort = attributes.since(1, 9) ? "introsort" : "quicksort";
      const heap = new NeighborHeap(count, sort);
      // scikit-learn gathers the heaps of its threads in another one, which changes the order of equal distances.
      const gathered = new NeighborHeap(count, sort);
      return (row, start) => {
        measure(row, start, distances);
        heap.clear();
        for (let index = 0; index < samples; index++) heap.push(distances[index]!, index);
        gathered.clear();
        for (let at = 0; at < count; at++) gathered.push(heap.distances[at]!, heap.indices[at]!);
        gathered.sort();
        return foundBy(gathered, metric);
      };
    },
    within(radius) {
      const found = new FoundList();
      const reducedRadius = metric.toReduced(radius);
      return (row, start) => {
        measure(row, start, distances);
        found.clear();
        for (let index = 0; index < samples; index++) {
          if (distances[index]! <= reducedRadius) found.add(index, metric.toDistance(distances[index]!));
        }
        return found;
      };
    },
  };
}

function readMeasure(
  attributes: EstimatorAttributes,
  metric: Metric,
): { samples: number; columns: number; measure: Measure } {
  const value = attributes.get("_fit_X");
  if (isCsr(value)) {
    const { rows: samples, columns, data, indices, indptr } = readCsr(value, "any");
    checkFinite(attributes, ["_fit_X"], data);
    if (metric.name === "cosine") {
      for (let sample = 0; sample < samples; sample++) toUnitLength(data, indptr[sample]!, indptr[sample + 1]!);
    }
    const multiply: Multiply = (row, start, out) => {
      for (let sample = 0; sample < samples; sample++) {
        let sum = 0;
        for (let entry = indptr[sample]!; entry < indptr[sample + 1]!; entry++) {
          sum += row[start + indices[entry]!]! * data[entry]!;
        }
        out[sample] = sum;
      }
    };
    const scattered = new Float64Array(columns);
    const scatter = (sample: number) => {
      scattered.fill(0);
      for (let entry = indptr[sample]!; entry < indptr[sample + 1]!; entry++) {
        scattered[indices[entry]!] = scattered[indices[entry]!]! + data[entry]!;
      }
      return { from: scattered, start: 0 };
    };
    const squares = Float64Array.from({ length: samples }, (_, sample) => {
      const [from, to] = [indptr[sample]!, indptr[sample + 1]!];
      return dot(data, from, data, from, to - from);
    });
    return { samples, columns, measure: measureBy(metric, squares, columns, multiply, scatter) };
  }
  const { rows: samples, columns, data } = readMatrix(attributes, ["_fit_X"]);
  if (metric.name === "cosine") {
    for (let sample = 0; sample < samples; sample++) toUnitLength(data, sample * columns, (sample + 1) * columns);
  }
  const multiply: Multiply = (row, start, out) => products(row, start, data, samples, columns, out);
  const at = (sample: number) => ({ from: data, start: sample * columns });
  const squares = squaredNorms(data, samples, columns);
  return { samples, columns, measure: measureBy(metric, squares, columns, multiply, at) };
}

/** sklearn.preprocessing.normalize: a row of zeros stays. */
function toUnitLength(data: Float64Array, from: number, to: number): void {
  const norm = Math.sqrt(dot(data, from, data, from, to - from)) || 1;
  for (let at = from; at < to; at++) data[at] = data[at]! / norm;
}

/** Writes the products of a row and all training rows. */
type Multiply = (row: Float64Array, start: number, out: Float64Array) => void;

/** Where the numbers of a training row are. */
type Sample = (sample: number) => { readonly from: Float64Array; readonly start: number };

function measureBy(
  metric: Metric,
  squares: Float64Array,
  columns: number,
  multiply: Multiply,
  sampleAt: Sample,
): Measure {
  const samples = squares.length;
  if (metric.name === "euclidean" || metric.name === "sqeuclidean") {
    // By |x|^2 - 2 x.y + |y|^2, as in scikit-learn: the distance of a row to itself can differ from zero.
    return (row, start, distances) => {
      const own = dot(row, start, row, start, columns);
      multiply(row, start, distances);
      for (let index = 0; index < samples; index++) {
        distances[index] = Math.max(0, own - 2 * distances[index]! + squares[index]!);
      }
    };
  }
  if (metric.name === "cosine") {
    // The training rows have length 1 already.
    const unit = new Float64Array(columns);
    return (row, start, distances) => {
      const norm = Math.sqrt(dot(row, start, row, start, columns)) || 1;
      for (let column = 0; column < columns; column++) unit[column] = row[start + column]! / norm;
      multiply(unit, 0, distances);
      for (let index = 0; index < samples; index++) {
        distances[index] = Math.min(Math.max(1 - distances[index]!, 0), 2);
      }
    };
  }
  return (row, start, distances) => {
    for (let index = 0; index < samples; index++) {
      const { from, start: fromStart } = sampleAt(index);
      distances[index] = metric.reduced(row, start, from, fromStart, columns);
    }
  };
}
