// LinearSVC and LinearSVR: linear models that LIBLINEAR fitted.

import type { EstimatorClass } from "../../estimator/estimator.js";
import { readLinearClassifier, readLinearRegressor } from "../../estimator/linear-models.js";

const paths = ["sklearn.svm._classes", "sklearn.svm.classes"];

export const linearSvmClasses: readonly EstimatorClass[] = [
  {
    name: "LinearSVC",
    paths,
    read: (state) => readLinearClassifier(state, ["C", "penalty", "loss", "multi_class"]),
  },
  { name: "LinearSVR", paths, read: (state) => readLinearRegressor(state, ["C", "loss", "epsilon"]) },
];
