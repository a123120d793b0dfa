import type { Family } from "../../estimator/family.js";
import { metricsNames } from "./names.js";

export { type Centers, centersOf, distancesTo, nearest } from "./euclidean-distances.js";
export { kernelOf, readKernelParameters } from "./kernel-functions.js";
export { distanceClasses } from "./names.js";
export { type PairwiseKernel, readPairwiseKernel } from "./pairwise-kernels.js";
export { readTargets, weighRows } from "./weighted-rows.js";

export const family: Family = { module: "sklearn.metrics", classes: [], inertClasses: metricsNames };
