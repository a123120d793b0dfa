// LIBSVM's own model file, as svm_save_model writes it: a header of "name values" lines, then a line for each support
// vector.

import { createModel, type ModelMethod } from "../core/create-model.js";
import { after, labelForRow, logarithmOf, numberForRow, numbersForRow } from "../core/methods.js";
import type { Feature, MethodName, Model } from "../core/model.js";
import { ModelError } from "../errors.js";
import { decodeLatin1 } from "../pickle/text.js";
import { decisions, type FittedSvm, winner } from "./decisions.js";
import { type Header, readHeader } from "./header.js";
import { pairwiseCoupling } from "./probability.js";
import { readVectors } from "./vectors.js";

/** JavaScript's strings have at most 2^29 characters. */
const fileBytesMax = 1 << 28;

const typeNames: Readonly<Record<Header["type"], string>> = {
  c_svc: "C-SVC",
  nu_svc: "nu-SVC",
  one_class: "one-class SVM",
  epsilon_svr: "epsilon-SVR",
  nu_svr: "nu-SVR",
};

/**
 * Reads a LIBSVM model. Its predictions are those of LIBSVM 3.24 and newer; decision values are those of
 * svm_predict_values, positive for the first label of a pair. The columns are those up to the last one that a support
 * vector uses.
 * @throws ModelError "libsvm-broken", "estimator-unsupported", "model-too-large"
 */
export function readLibsvm(file: Uint8Array): Model {
  if (file.length > fileBytesMax) {
    throw new ModelError("model-too-large", `A LIBSVM model of ${file.length} bytes; the maximum is ${fileBytesMax}`);
  }
  const lines = decodeLatin1(file).replace(/\n$/, "").split("\n");
  const { header, length } = readHeader(lines);
  const classifies = header.labels.length > 0;
  const { vectors, coefficients } = readVectors(lines, length, header.vectors, classifies ? header.classes - 1 : 1);
  const svm: FittedSvm = {
    kernel: header.kernel,
    vectors,
    coefficients,
    intercepts: header.rho.map((rho) => -rho),
    vectorsOfClass: header.vectorsOfClass,
  };
  const features = Array.from({ length: vectors.columns }, (_, index): Feature => {
    return { name: `x${index}`, kind: "number", missing: false };
  });
  const { name, ...kernelParameters } = header.kernel;
  return createModel({
    signature: {
      format: "libsvm",
      type: `LIBSVM ${typeNames[header.type]}`,
      libraries: {},
      features,
      named: false,
      ...(header.type === "one_class" ? { classes: outlierOrInlier } : classifies && { classes: header.labels }),
      parameters: { kernel: name, ...kernelParameters, support_vectors: vectors.rows },
    },
    methods: classifies ? classifierMethods(svm, header) : otherMethods(svm, header.type),
  });
}

const outlierOrInlier = [-1, 1];

function classifierMethods(svm: FittedSvm, { labels, sigmoids }: Header): ReadonlyMap<MethodName, ModelMethod> {
  const decide = decisions(svm);
  const votes = new Int32Array(labels.length);
  const methods = new Map<MethodName, ModelMethod>();
  const votedFor = labelForRow(labels, (values, start) => winner(values, start, votes));
  methods.set("predict", after(decide, votedFor));
  if (sigmoids) {
    const probabilities = after(decide, numbersForRow(labels.length, pairwiseCoupling(labels.length, sigmoids, false)));
    methods.set("predict_proba", probabilities).set("predict_log_proba", logarithmOf(probabilities));
  }
  const pairs = svm.intercepts.length;
  const shown =
    labels.length === 2
      ? numberForRow((values, start) => values[start]!)
      : numbersForRow(pairs, (values, start, out, outStart) => {
          for (let pair = 0; pair < pairs; pair++) out[outStart + pair] = values[start + pair]!;
        });
  return methods.set("decision_function", after(decide, shown));
}

function otherMethods(svm: FittedSvm, type: Header["type"]): ReadonlyMap<MethodName, ModelMethod> {
  const decide = decisions(svm);
  const decision = after(
    decide,
    numberForRow((values, start) => values[start]!),
  );
  if (type !== "one_class") return new Map([["predict", decision]]);
  const sides = labelForRow(outlierOrInlier, (values, start) => (values[start]! > 0 ? 1 : 0));
  return new Map([
    ["predict", after(decide, sides)],
    ["decision_function", decision],
  ]);
}
