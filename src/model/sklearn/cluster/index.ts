import type { Family } from "../../estimator/family.js";
import { clusterClasses, clusterParts } from "./cluster-centers.js";
import { featureAgglomerationClass } from "./feature-agglomeration.js";

export const family: Family = {
  module: "sklearn.cluster",
  classes: [...clusterClasses, featureAgglomerationClass],
  inertClasses: clusterParts,
};
