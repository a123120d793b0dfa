import type { Family } from "../../estimator/family.js";
import { featureUnionClass } from "./feature-union.js";
import { pipelineClass } from "./pipeline.js";

export { readPipeline } from "./pipeline.js";

export const family: Family = {
  module: "sklearn.pipeline",
  classes: [pipelineClass, featureUnionClass],
  inertClasses: [],
};
