// Clusters with centers: a row belongs to the nearest one, the first of equal ones.

import { labelForRow, numbersForRow } from "../../core/methods.js";
import type { Scalar } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { type GlobalRow, instance } from "../../pickle/allow-list.js";
import { Instance } from "../../pickle/values.js";
import { type Centers, centersOf, distancesTo, nearest } from "../metrics/index.js";

const kmeans = ["sklearn.cluster._kmeans", "sklearn.cluster.k_means_"];
const bisecting = ["sklearn.cluster._bisect_k_means"];
const birch = ["sklearn.cluster._birch", "sklearn.cluster.birch"];
const shift = ["sklearn.cluster._mean_shift", "sklearn.cluster.mean_shift_"];
const affinity = ["sklearn.cluster._affinity_propagation", "sklearn.cluster.affinity_propagation_"];

export const clusterClasses: readonly EstimatorClass[] = [
  { name: "KMeans", paths: kmeans, read: readKMeans },
  { name: "MiniBatchKMeans", paths: kmeans, read: readKMeans },
  { name: "BisectingKMeans", paths: bisecting, read: readBisecting },
  { name: "Birch", paths: birch, read: readBirch },
  { name: "MeanShift", paths: shift, read: readCenters },
  { name: "AffinityPropagation", paths: affinity, read: readAffinity },
];

/** Globals of this module that are not estimators: a tree of clusters, and the name of the algorithm. */
export const clusterParts: readonly GlobalRow[] = [
  { modules: birch, name: "_CFNode", call: instance },
  { modules: birch, name: "_CFSubcluster", call: instance },
  { modules: bisecting, name: "_BisectingTree", call: instance },
  { modules: kmeans, name: "_kmeans_single_lloyd" },
  { modules: kmeans, name: "_kmeans_single_elkan" },
  { modules: kmeans, name: "lloyd_iter_chunked_dense" },
  { modules: kmeans, name: "elkan_iter_chunked_dense" },
];

function estimator(
  attributes: EstimatorAttributes,
  columns: number,
  methods: Estimator["methods"],
  ...parameters: readonly string[]
): EstimatorDefinition {
  return {
    inputs: numberInputs(attributes, columns, false),
    methods,
    parameters: attributes.parameters(...parameters),
  };
}

/** Cluster numbers, as labels. */
function numbersUpTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function readKMeans(attributes: EstimatorAttributes): EstimatorDefinition {
  const centers = centersOf(readMatrix(attributes, ["cluster_centers_"]));
  const { rows, columns } = centers;
  return estimator(
    attributes,
    columns,
    new Map([
      ["predict", labelForRow(numbersUpTo(rows), (data, start) => nearest(centers, data, start))],
      ["transform", numbersForRow(rows, (data, start, out, at) => distancesTo(centers, data, start, out, at))],
    ]),
    "n_clusters",
    "algorithm",
  );
}

function readCenters(attributes: EstimatorAttributes): EstimatorDefinition {
  const centers = centersOf(readMatrix(attributes, ["cluster_centers_"]));
  const predict = labelForRow(numbersUpTo(centers.rows), (data, start) => nearest(centers, data, start));
  return estimator(attributes, centers.columns, new Map([["predict", predict]]), "bandwidth");
}

/** Without convergence there are no centers, and every row is an outlier: -1. */
function readAffinity(attributes: EstimatorAttributes): EstimatorDefinition {
  const found = attributes.array("cluster_centers_");
  const [rows, columns] = found.shape;
  if (rows !== 0) return readCenters(attributes);
  const width = columns ?? attributes.number("n_features_in_");
  return estimator(attributes, width, new Map([["predict", labelForRow([-1], () => 0)]]));
}

function readBirch(attributes: EstimatorAttributes): EstimatorDefinition {
  const centers = centersOf(readMatrix(attributes, ["subcluster_centers_"]));
  const { rows, columns } = centers;
  const labels: readonly Scalar[] = attributes.array("subcluster_labels_").toScalars();
  if (labels.length !== rows) throw attributes.inconsistent(`${rows} subclusters have ${labels.length} labels`);
  const squared = attributes.get("_subcluster_norms") === undefined ? centers.squared : readNorms(attributes, rows);
  const normed = { ...centers, squared };
  return estimator(
    attributes,
    columns,
    new Map([
      ["predict", labelForRow(labels, (data, start) => nearest(normed, data, start))],
      ["transform", numbersForRow(rows, (data, start, out, at) => distancesTo(centers, data, start, out, at))],
    ]),
    "threshold",
    "branching_factor",
  );
}

function readNorms(attributes: EstimatorAttributes, rows: number): Float64Array {
  return readVector(attributes, ["_subcluster_norms"], rows);
}

/** The tree of splits: node n's children are the centers 2n and 2n + 1, and what follows each. */
interface Splits {
  readonly centers: Centers;
  /** The next node, or -1 - label. */
  readonly next: Int32Array;
}

/** Clusters of one model. */
const clustersMax = 1 << 20;

function readBisecting(attributes: EstimatorAttributes): EstimatorDefinition {
  const { rows, columns } = readMatrix(attributes, ["cluster_centers_"]);
  const splits = readSplits(attributes, rows, columns);
  const distances = centersOf(readMatrix(attributes, ["cluster_centers_"]));
  return estimator(
    attributes,
    columns,
    new Map([
      ["predict", labelForRow(numbersUpTo(rows), (data, start) => leafOf(splits, data, start))],
      ["transform", numbersForRow(rows, (data, start, out, at) => distancesTo(distances, data, start, out, at))],
    ]),
    "n_clusters",
    "bisecting_strategy",
  );
}

function leafOf({ centers, next }: Splits, data: Float64Array, start: number): number {
  let node = 0;
  while (node >= 0) node = next[nearest(centers, data, start, 2 * node, 2 * node + 2)]!;
  return -1 - node;
}

function readSplits(attributes: EstimatorAttributes, clusters: number, columns: number): Splits {
  const mean = attributes.get("_X_mean") === undefined ? undefined : readVector(attributes, ["_X_mean"], columns);
  const rootNode = attributes.get("_bisecting_tree");
  if (!(rootNode instanceof Instance)) throw attributes.expected("a tree of clusters", ["_bisecting_tree"], rootNode);
  if (clusters > clustersMax) throw attributes.inconsistent(`${clusters} clusters; the maximum is ${clustersMax}`);
  const centers: number[] = [];
  const next: number[] = [];
  if (!(rootNode.attributes.get("left") instanceof Instance)) {
    // One cluster: both sides of one split are it.
    return {
      centers: centersOf({ rows: 2, columns, data: new Float64Array(2 * columns) }),
      next: Int32Array.of(-1, -1),
    };
  }
  const open = [rootNode];
  for (let node = 0; node < open.length; node++) {
    for (const side of ["left", "right"]) {
      const child = open[node]!.attributes.get(side);
      if (!(child instanceof Instance)) throw attributes.inconsistent(`a split of its tree has no ${side} side`);
      const part = new EstimatorAttributes(child, attributes.type);
      const center = readVector(part, ["center"], columns);
      for (const [column, value] of center.entries()) centers.push(mean ? value + mean[column]! : value);
      if (child.attributes.get("left") instanceof Instance) {
        // A tree of n leaves has n - 1 splits: more of them is a loop.
        if (open.length >= clusters - 1) throw attributes.inconsistent("its tree has more splits than clusters");
        next.push(open.length);
        open.push(child);
      } else {
        const label = part.number("label");
        if (!Number.isInteger(label) || label < 0 || label >= clusters)
          throw attributes.inconsistent(`a leaf is ${label}`);
        next.push(-1 - label);
      }
    }
  }
  const data = Float64Array.from(centers);
  return { centers: centersOf({ rows: next.length, columns, data }), next: Int32Array.from(next) };
}
