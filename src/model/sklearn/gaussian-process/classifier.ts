// GaussianProcessClassifier: one process for two classes; for more, one against the rest for each, or one for each
// pair.

import type { ModelMethod } from "../../core/create-model.js";
import { argmax, labelForRow, numbersForRow } from "../../core/methods.js";
import type { MethodName, Scalar } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { Instance, Tuple, type Value } from "../../pickle/values.js";
import { type BinaryClassifier, readBinaryClassifier } from "./binary-classifier.js";

export const gaussianProcessClassifierClass: EstimatorClass = {
  name: "GaussianProcessClassifier",
  paths: ["sklearn.gaussian_process._gpc", "sklearn.gaussian_process.gpc"],
  read: readClassifier,
};

function readClassifier(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  if (classes.length < 2) throw attributes.inconsistent(`it has ${classes.length} classes`);
  const parts = readBinaryClassifiers(attributes, classes.length);
  const features = parts[0]!.features;
  if (parts.some((part) => part.features !== features))
    throw attributes.inconsistent("its processes differ in columns");
  return {
    inputs: numberInputs(attributes, features, false),
    classes,
    methods: methodsOf(attributes, classes, parts),
    parameters: attributes.parameters("multi_class"),
  };
}

function readBinaryClassifiers(attributes: EstimatorAttributes, classes: number): readonly BinaryClassifier[] {
  const base = attributes.get("base_estimator_");
  if (classes === 2) return [readBinaryClassifier(attributes, base)];
  const parts =
    base instanceof Instance ? new EstimatorAttributes(base, attributes.type).get("estimators_") : undefined;
  const needed = isOneAgainstOne(attributes) ? (classes * (classes - 1)) / 2 : classes;
  // One against one keeps them in a tuple.
  const list = Array.isArray(parts) ? parts : itemsOf(parts);
  if (list?.length !== needed || needed === 0)
    throw attributes.inconsistent(`${classes} classes need ${needed} processes`);
  return list.map((part) => readBinaryClassifier(attributes, part));
}

function itemsOf(value: unknown): readonly Value[] | undefined {
  return value instanceof Tuple ? value.items : undefined;
}

function isOneAgainstOne(attributes: EstimatorAttributes): boolean {
  return attributes.get("multi_class") === "one_vs_one";
}

function methodsOf(
  attributes: EstimatorAttributes,
  classes: readonly Scalar[],
  parts: readonly BinaryClassifier[],
): ReadonlyMap<MethodName, ModelMethod> {
  const [only] = parts;
  if (parts.length === 1 && only) {
    const predict = labelForRow(classes, (data, start) => (only.mean(data, start) > 0 ? 1 : 0));
    const probabilities = numbersForRow(2, (data, start, out, outStart) => {
      const second = only.probability(data, start);
      out[outStart] = 1 - second;
      out[outStart + 1] = second;
    });
    return withProbabilities(predict, probabilities);
  }
  if (isOneAgainstOne(attributes)) return new Map([["predict", oneAgainstOne(classes, parts)]]);
  const width = classes.length;
  const row = new Float64Array(width);
  // OneVsRestClassifier returns the last of equal ones up to 1.7.
  const largestOf = attributes.since(1, 8) ? (values: Float64Array) => argmax(values, 0, width) : lastLargest;
  const predict = labelForRow(classes, (data, start) => {
    for (let label = 0; label < width; label++) row[label] = parts[label]!.probability(data, start);
    return largestOf(row);
  });
  const probabilities = numbersForRow(width, (data, start, out, outStart) => {
    let sum = 0;
    for (let label = 0; label < width; label++) {
      out[outStart + label] = parts[label]!.probability(data, start);
      sum += out[outStart + label]!;
    }
    for (let label = 0; label < width && sum !== 0; label++) out[outStart + label] = out[outStart + label]! / sum;
  });
  return withProbabilities(predict, probabilities);
}

function withProbabilities(predict: ModelMethod, probabilities: ModelMethod): ReadonlyMap<MethodName, ModelMethod> {
  return new Map([
    ["predict", predict],
    ["predict_proba", probabilities],
  ]);
}

function lastLargest(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! >= values[best]!) best = index;
  return best;
}

/**
 * Votes of the pairs; their confidences, drawn together to less than a half, decide between equals
 * (_ovr_decision_function).
 */
function oneAgainstOne(classes: readonly Scalar[], parts: readonly BinaryClassifier[]): ModelMethod {
  const width = classes.length;
  const votes = new Float64Array(width);
  const confidences = new Float64Array(width);
  return labelForRow(classes, (data, start) => {
    votes.fill(0);
    confidences.fill(0);
    let pair = 0;
    for (let first = 0; first < width; first++) {
      for (let second = first + 1; second < width; second++) {
        const part = parts[pair++]!;
        const confidence = part.probability(data, start);
        const winner = part.mean(data, start) > 0 ? second : first;
        votes[winner] = votes[winner]! + 1;
        confidences[first] = confidences[first]! - confidence;
        confidences[second] = confidences[second]! + confidence;
      }
    }
    for (let label = 0; label < width; label++) {
      votes[label] = votes[label]! + confidences[label]! / (3 * (Math.abs(confidences[label]!) + 1));
    }
    return argmax(votes, 0, width);
  });
}
