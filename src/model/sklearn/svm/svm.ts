// sklearn.svm's machines of libsvm: SVC, NuSVC, SVR, NuSVR, OneClassSVM.

import type { ModelMethod } from "../../core/create-model.js";
import { eachRow } from "../../core/matrix.js";
import { after, labelForRow, labelOfLargest, logarithmOf, numberForRow, numbersForRow } from "../../core/methods.js";
import type { MethodName, Scalar } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { addConfidences, type ConfidenceScale } from "../../estimator/pair-votes.js";
import { type Decide, decisions, type FittedSvm, winner } from "../../libsvm/decisions.js";
import type { Kernel, KernelName, Vectors } from "../../libsvm/kernel.js";
import { pairwiseCoupling } from "../../libsvm/probability.js";
import { fitting } from "../../libsvm/vectors.js";
import { NdArray } from "../../numpy/ndarray.js";
import { printable } from "../../pickle/text.js";
import { isCsr, readCsr } from "../../scipy/sparse.js";

const kernelNames: readonly KernelName[] = ["linear", "poly", "rbf", "sigmoid"];
const paths = ["sklearn.svm._classes", "sklearn.svm.classes"];

export const svmClasses: readonly EstimatorClass[] = [
  { name: "SVC", paths, read: (attributes) => readClassifier(attributes, "C") },
  { name: "NuSVC", paths, read: (attributes) => readClassifier(attributes, "nu") },
  { name: "SVR", paths, read: (attributes) => readRegressor(attributes, "C", "epsilon") },
  { name: "NuSVR", paths, read: (attributes) => readRegressor(attributes, "C", "nu") },
  { name: "OneClassSVM", paths, read: readOneClass },
];

function readClassifier(attributes: EstimatorAttributes, penalty: "C" | "nu"): EstimatorDefinition {
  const classes = attributes.classes();
  if (classes.length < 2) throw attributes.inconsistent(`${classes.length} classes`);
  const svm = readFittedSvm(attributes, classes.length);
  const pairs = svm.intercepts.length;
  const decide = decisions(svm);
  const shape = decisionShape(attributes, classes.length);

  // With two classes there is no tie to break.
  const breaksTies = attributes.flag("break_ties") && classes.length > 2;
  const decisionFunction = shownDecisions(decide, classes.length, shape, attributes.since(0, 21) ? "each" : "all");
  const methods = new Map<MethodName, ModelMethod>([
    ["predict", breaksTies ? labelOfLargest(classes, decisionFunction) : vote(decide, classes)],
  ]);
  if (hasProbabilities(attributes)) {
    const probabilities = coupled(attributes, decide, classes.length, pairs);
    methods.set("predict_proba", probabilities).set("predict_log_proba", logarithmOf(probabilities));
  }
  methods.set("decision_function", decisionFunction);
  return {
    inputs: numberInputs(attributes, svm.vectors.columns, false),
    classes,
    methods,
    parameters: { ...shownParameters(attributes, svm, penalty), decision_function_shape: shape },
  };
}

function readRegressor(attributes: EstimatorAttributes, ...penalties: readonly string[]): EstimatorDefinition {
  const svm = readFittedSvm(attributes, 1);
  const predict = numberForRow((values, start) => values[start]!);
  return {
    inputs: numberInputs(attributes, svm.vectors.columns, false),
    methods: new Map([["predict", after(decisions(svm), predict)]]),
    parameters: shownParameters(attributes, svm, ...penalties),
  };
}

const inlierOrOutlier = [-1, 1];

function readOneClass(attributes: EstimatorAttributes): EstimatorDefinition {
  const svm = readFittedSvm(attributes, 1);
  const decide = decisions(svm);
  const side = labelForRow(inlierOrOutlier, (values, start) => (values[start]! > 0 ? 1 : 0));
  const decision = numberForRow((values, start) => values[start]!);
  // Files before 0.20 have no offset_; it was always the negative intercept.
  const offset = attributes.get("offset_") === undefined ? -svm.intercepts[0]! : attributes.number("offset_");
  return {
    inputs: numberInputs(attributes, svm.vectors.columns, false),
    classes: inlierOrOutlier,
    methods: new Map([
      ["predict", after(decide, side)],
      ["decision_function", after(decide, decision)],
      [
        "score_samples",
        after(
          decide,
          numberForRow((values, start) => values[start]! + offset),
        ),
      ],
    ]),
    parameters: shownParameters(attributes, svm, "nu"),
  };
}

function shownParameters(
  attributes: EstimatorAttributes,
  { kernel, vectors }: FittedSvm,
  ...penalties: readonly string[]
): Record<string, Scalar> {
  const used: Partial<Record<KernelName, readonly (keyof Kernel)[]>> = {
    poly: ["degree", "gamma", "coef0"],
    rbf: ["gamma"],
    sigmoid: ["gamma", "coef0"],
  };
  const parameters: Record<string, Scalar> = { kernel: kernel.name, ...attributes.parameters(...penalties) };
  for (const name of used[kernel.name] ?? []) parameters[name] = kernel[name];
  return { ...parameters, support_vectors: vectors.rows };
}

/** The fitted svm, every size and count checked against the others. `classes` is 1 for regressors and one class. */
function readFittedSvm(attributes: EstimatorAttributes, classes: number): FittedSvm {
  const kernel = readKernel(attributes);
  const vectors = readVectors(attributes);
  const rows = Math.max(1, classes - 1);
  const pairs = Math.max(1, (classes * (classes - 1)) / 2);
  // Not dual_coef_ and intercept_: for two classes those have the other sign. Files before 0.22 may have only them,
  // unchanged.
  const coefficients = readCoefficients(attributes, rows, vectors.rows);
  const intercepts = attributes.numbers(["_intercept_", "intercept_"], pairs);
  const vectorsOfClass = classes > 1 ? readCounts(attributes, classes, vectors.rows) : new Int32Array();
  return { kernel, vectors, coefficients, intercepts, vectorsOfClass };
}

function readKernel(attributes: EstimatorAttributes): Kernel {
  const kernel = attributes.get("kernel");
  const name = kernelNames.find((known) => known === kernel);
  if (!name) {
    const shown = typeof kernel === "string" ? `"${printable(kernel, 30)}"` : "a function";
    const why = kernel === "precomputed" ? ": its input would be the kernel's values with every training row" : "";
    throw attributes.unsupported(
      `the kernel ${shown} is not supported${why}`,
      `Supported kernels: ${kernelNames.join(", ")}.`,
    );
  }
  const degree = attributes.number("degree");
  if (name === "poly" && (!Number.isInteger(degree) || degree < 0))
    throw attributes.inconsistent(`the degree is ${degree}`);
  // _gamma is the number that gamma="scale" came to.
  return {
    name,
    gamma: name === "linear" ? 0 : attributes.number("_gamma", "gamma"),
    coef0: attributes.number("coef0"),
    degree,
  };
}

function readVectors(attributes: EstimatorAttributes): Vectors {
  const value = attributes.get("support_vectors_");
  if (isCsr(value)) return fitting(readCsr(value));
  if (!(value instanceof NdArray) || value.shape.length !== 2) {
    throw attributes.expected("a table of support vectors", ["support_vectors_"], value);
  }
  const [rows, columns] = value.shape;
  return { kind: "dense", rows: rows!, columns: columns!, data: value.toNumbers() };
}

function readCoefficients(attributes: EstimatorAttributes, rows: number, vectors: number): Float64Array {
  const value = attributes.get("_dual_coef_", "dual_coef_");
  const names = ["_dual_coef_"];
  if (isCsr(value)) {
    const csr = readCsr(value);
    if (csr.rows !== rows || csr.columns !== vectors)
      throw attributes.inconsistent("_dual_coef_ does not fit the support vectors");
    const dense = new Float64Array(rows * vectors);
    for (let row = 0; row < rows; row++) {
      for (let entry = csr.indptr[row]!; entry < csr.indptr[row + 1]!; entry++) {
        dense[row * vectors + csr.indices[entry]!] = csr.data[entry]!;
      }
    }
    return dense;
  }
  if (
    !(value instanceof NdArray) ||
    value.shape.length !== 2 ||
    value.shape[0] !== rows ||
    value.shape[1] !== vectors
  ) {
    throw attributes.inconsistent(`${names[0]} is not a table of ${rows} rows and ${vectors} columns`);
  }
  return value.toNumbers();
}

function readCounts(attributes: EstimatorAttributes, classes: number, vectors: number): Int32Array {
  const counts = attributes.numbers(["_n_support", "n_support_"], classes);
  let sum = 0;
  for (const count of counts) {
    if (!Number.isInteger(count) || count < 0) throw attributes.inconsistent(`a class has ${count} support vectors`);
    sum += count;
  }
  if (sum !== vectors)
    throw attributes.inconsistent(`its classes have ${sum} support vectors, and ${vectors} are there`);
  return Int32Array.from(counts);
}

function decisionShape(attributes: EstimatorAttributes, classes: number): "ovr" | "ovo" {
  // None was the default of 0.17 and 0.18, and meant one against one.
  const shape = attributes.get("decision_function_shape") ?? "ovo";
  if (shape !== "ovr" && shape !== "ovo")
    throw attributes.inconsistent("decision_function_shape is neither ovr nor ovo");
  if (attributes.flag("break_ties") && shape === "ovo" && classes > 2) {
    throw attributes.unsupported("break_ties with decision_function_shape ovo, which scikit-learn rejects");
  }
  return shape;
}

function vote(decide: Decide, classes: readonly Scalar[]): ModelMethod {
  const votes = new Int32Array(classes.length);
  return after(
    decide,
    labelForRow(classes, (values, start) => winner(values, start, votes)),
  );
}

/** decision_function: libsvm's values, in scikit-learn's layout. */
function shownDecisions(decide: Decide, classes: number, shape: "ovr" | "ovo", scaling: ConfidenceScale): ModelMethod {
  const pairs = (classes * (classes - 1)) / 2;
  if (classes === 2)
    return after(
      decide,
      numberForRow((values, start) => -values[start]!),
    );
  if (shape === "ovo") {
    return after(
      decide,
      numbersForRow(pairs, (values, start, out, outStart) => {
        for (let pair = 0; pair < pairs; pair++) out[outStart + pair] = values[start + pair]!;
      }),
    );
  }
  const oneAgainstRest: ModelMethod = {
    output: { kind: "number", columns: classes },
    run(table) {
      const votes = new Float64Array(table.rows * classes);
      const sums = new Float64Array(table.rows * classes);
      eachRow(table, (values, start, row) => addPairs(values, start, votes, sums, row * classes, classes));
      addConfidences(votes, sums, scaling);
      return { shape: [table.rows, classes], data: votes };
    },
  };
  return after(decide, oneAgainstRest);
}

/** The votes of a row's pairs of classes, and for each class the sum of its confidences. */
function addPairs(
  values: Float64Array,
  start: number,
  votes: Float64Array,
  sums: Float64Array,
  at: number,
  classes: number,
): void {
  let pair = start;
  for (let i = at; i < at + classes; i++) {
    for (let j = i + 1; j < at + classes; j++) {
      const value = values[pair++]!;
      sums[i] = sums[i]! + value;
      sums[j] = sums[j]! - value;
      const won = value < 0 ? j : i;
      votes[won] = votes[won]! + 1;
    }
  }
}

/** In 1.9, probability is "deprecated" unless it was set. */
function hasProbabilities(attributes: EstimatorAttributes): boolean {
  const a = attributes.get("_probA", "probA_");
  return attributes.flag("probability") && a instanceof NdArray && a.size > 0;
}

function coupled(attributes: EstimatorAttributes, decide: Decide, classes: number, pairs: number): ModelMethod {
  const sigmoids = {
    a: attributes.numbers(["_probA", "probA_"], pairs),
    b: attributes.numbers(["_probB", "probB_"], pairs),
  };
  return after(decide, numbersForRow(classes, pairwiseCoupling(classes, sigmoids, true)));
}
