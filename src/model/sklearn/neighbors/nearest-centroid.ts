import type { ModelMethod } from "../../core/create-model.js";
import { labelForRow, labelOfLargest, logarithmOf, numbersForRow } from "../../core/methods.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { softmaxInPlace } from "../../estimator/links.js";
import { log } from "../../math/log.js";
import { squaredNorms } from "../../math/vectors.js";
import { centersOf, distancesTo, nearest } from "../metrics/index.js";
import { readMetric } from "./metrics.js";

export const nearestCentroidClass: EstimatorClass = {
  name: "NearestCentroid",
  paths: ["sklearn.neighbors._nearest_centroid", "sklearn.neighbors.nearest_centroid"],
  read: readNearestCentroid,
};

/**
 * A row has the label of the nearest center of a class; since 1.6 with scores and, where classes differ in size, by
 * them.
 */
function readNearestCentroid(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const centroids = readMatrix(attributes, ["centroids_"], { rows: classes.length });
  const metric = readMetric(attributes);
  const { rows, columns, data } = centroids;
  const centers = centersOf(centroids);
  const closest = labelForRow(classes, (row, start) => {
    if (metric.name === "euclidean") return nearest(centers, row, start);
    let best = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (let center = 0; center < rows; center++) {
      const distance = metric.reduced(row, start, data, center * columns, columns);
      if (distance < smallest) {
        smallest = distance;
        best = center;
      }
    }
    return best;
  });
  const methods = new Map<MethodName, ModelMethod>([["predict", closest]]);
  if (metric.name === "euclidean" && attributes.since(1, 6)) {
    const scores = discriminants(attributes, centroids);
    if (!samePriors(attributes, rows)) methods.set("predict", labelOfLargest(classes, scores));
    const probabilities = softmax(scores, rows);
    methods.set("predict_proba", probabilities).set("predict_log_proba", logarithmOf(probabilities));
    methods.set("decision_function", rows === 2 ? differences(scores) : scores);
  }
  return {
    inputs: numberInputs(attributes, columns, false),
    classes,
    methods,
    parameters: { ...attributes.parameters("shrink_threshold"), metric: metric.name },
  };
}

/** numpy's isclose with its own tolerances. */
function samePriors(attributes: EstimatorAttributes, classes: number): boolean {
  const equal = 1 / classes;
  return readVector(attributes, ["class_prior_"], classes).every(
    (prior) => Math.abs(prior - equal) <= 1e-8 + 1e-5 * equal,
  );
}

/** -|x - c|^2 + 2 log(prior), in units of each column's deviation within the classes. */
function discriminants(attributes: EstimatorAttributes, { rows, columns, data }: FittedMatrix): ModelMethod {
  const deviations = readVector(attributes, ["within_class_std_dev_"], columns).map((deviation) => deviation || 1);
  const scaled = data.map((value, index) => value / deviations[index % columns]!);
  const centers = { rows, columns, data: scaled, squared: squaredNorms(scaled, rows, columns) };
  const priors = readVector(attributes, ["class_prior_"], rows).map((prior) => 2 * log(prior));
  const row = new Float64Array(columns);
  return numbersForRow(rows, (input, start, out, at) => {
    for (let column = 0; column < columns; column++) row[column] = input[start + column]! / deviations[column]!;
    distancesTo(centers, row, 0, out, at);
    for (let index = 0; index < rows; index++) out[at + index] = -(out[at + index]! ** 2) + priors[index]!;
  });
}

function differences(scores: ModelMethod): ModelMethod {
  return {
    output: { kind: "number" },
    run(table) {
      const { data } = scores.run(table);
      return {
        shape: [table.rows],
        data: Float64Array.from({ length: table.rows }, (_, row) => Number(data[2 * row + 1]) - Number(data[2 * row])),
      };
    },
  };
}

function softmax(scores: ModelMethod, width: number): ModelMethod {
  return {
    output: { kind: "number", columns: width },
    run(table) {
      const { shape, data } = scores.run(table);
      const out = Float64Array.from(data, Number);
      for (let start = 0; start < out.length; start += width) softmaxInPlace(out, start, width);
      return { shape, data: out };
    },
  };
}
