// LabelPropagation and LabelSpreading: the labels of training rows, given or propagated, weighted by similarity.

import { labelOfLargest, numbersForRow } from "../../core/methods.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Instance } from "../../pickle/values.js";
import { kernelOf } from "../metrics/index.js";
import { readNeighborSearch } from "../neighbors/index.js";

const paths = ["sklearn.semi_supervised._label_propagation", "sklearn.semi_supervised.label_propagation"];

export const labelPropagationClasses: readonly EstimatorClass[] = [
  { name: "LabelPropagation", paths, read: readPropagation },
  { name: "LabelSpreading", paths, read: readPropagation },
];

/** Adds the label distributions of the training rows that are like a row. */
type Spread = (row: Float64Array, start: number, out: Float64Array, at: number) => void;

function readPropagation(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const points = readMatrix(attributes, ["X_"]);
  const labels = readMatrix(attributes, ["label_distributions_"], { rows: points.rows, columns: classes.length });
  const spread =
    attributes.get("kernel") === "knn" ? byNeighbors(attributes, labels) : byKernel(attributes, points, labels);
  const width = classes.length;
  const probabilities = numbersForRow(width, (row, start, out, at) => {
    out.fill(0, at, at + width);
    spread(row, start, out, at);
    const sum = pairwiseSum(out, at, width);
    for (let index = at; index < at + width; index++) out[index] = out[index]! / sum;
  });
  return {
    inputs: numberInputs(attributes, points.columns, false),
    classes,
    methods: new Map([
      ["predict", labelOfLargest(classes, probabilities)],
      ["predict_proba", probabilities],
    ]),
    parameters: attributes.parameters("kernel", "gamma", "n_neighbors", "alpha"),
  };
}

function byKernel(
  attributes: EstimatorAttributes,
  points: FittedMatrix,
  { columns: width, data }: FittedMatrix,
): Spread {
  const kernel = kernelOf(attributes, attributes.get("kernel"), points, { gamma: attributes.number("gamma") });
  const similar = new Float64Array(points.rows);
  return (row, start, out, at) => {
    kernel(row, start, similar, 0);
    for (let point = 0; point < points.rows; point++) {
      for (let label = 0; label < width; label++) {
        out[at + label] = out[at + label]! + similar[point]! * data[point * width + label]!;
      }
    }
  };
}

function byNeighbors(attributes: EstimatorAttributes, { rows, columns: width, data }: FittedMatrix): Spread {
  const fitted = attributes.get("nn_fit");
  if (!(fitted instanceof Instance)) throw attributes.expected("NearestNeighbors", ["nn_fit"], fitted);
  const search = readNeighborSearch(new EstimatorAttributes(fitted, `${attributes.type}'s NearestNeighbors`));
  if (search.samples !== rows) throw attributes.inconsistent(`it has ${rows} labels for ${search.samples} rows`);
  const find = search.nearest(attributes.number("n_neighbors"));
  return (row, start, out, at) => {
    const { count, indices } = find(row, start);
    for (let found = 0; found < count; found++) {
      for (let label = 0; label < width; label++) {
        out[at + label] = out[at + label]! + data[indices[found]! * width + label]!;
      }
    }
  };
}
