import type { Family } from "../../estimator/family.js";
import { kernelRidgeClass } from "./kernel-ridge.js";

export const family: Family = {
  module: "sklearn.kernel_ridge",
  classes: [kernelRidgeClass],
  inertClasses: [],
};
