import type { Family } from "../../estimator/family.js";
import { factorizationClasses } from "./factorizations.js";
import { kernelPcaClass } from "./kernel-pca.js";
import { projectionClasses } from "./projections.js";
import { sparseCodeClasses } from "./sparse-codes.js";
import { sparsePcaClasses } from "./sparse-pca.js";

export const family: Family = {
  module: "sklearn.decomposition",
  classes: [...projectionClasses, ...factorizationClasses, kernelPcaClass, ...sparseCodeClasses, ...sparsePcaClasses],
  inertClasses: [],
};
