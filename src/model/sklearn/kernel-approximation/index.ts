import type { Family } from "../../estimator/family.js";
import { countSketchClass } from "./count-sketch.js";
import { kernelMapClasses } from "./kernel-approximation.js";

export const family: Family = {
  module: "sklearn.kernel_approximation",
  classes: [...kernelMapClasses, countSketchClass],
  inertClasses: [],
};
