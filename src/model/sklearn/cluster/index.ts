import type { Family } from "../../estimator/family.js";
import { clusterClasses, clusterParts } from "./cluster-centers.js";

export const family: Family = {
  module: "sklearn.cluster",
  classes: [...clusterClasses],
  inertClasses: clusterParts,
};
