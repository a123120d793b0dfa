import type { Family } from "../../estimator/family.js";
import { linearSvmClasses } from "./linear-svm.js";
import { svmClasses } from "./svm.js";

export const family: Family = {
  module: "sklearn.svm",
  classes: [...svmClasses, ...linearSvmClasses],
  inertClasses: [],
};
