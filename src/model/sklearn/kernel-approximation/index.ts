import type { Family } from "../../estimator/family.js";
import { kernelMapClasses } from "./kernel-approximation.js";

export const family: Family = {
  module: "sklearn.kernel_approximation",
  classes: [...kernelMapClasses],
  inertClasses: [],
};
