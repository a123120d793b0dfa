import { type Family, inertObjects } from "../../estimator/family.js";
import { readProjection } from "../../estimator/projection.js";
import { distanceClasses } from "../metrics/index.js";
import { neighborClassifierClasses } from "./classifiers.js";
import { kernelDensityClass } from "./kernel-density.js";
import { nearestCentroidClass } from "./nearest-centroid.js";
import { neighborRegressorClasses } from "./regressors.js";
import { neighborToolClasses } from "./tools.js";

export { type FindNear, type NeighborSearch, readNeighborSearch } from "./search.js";

export const family: Family = {
  module: "sklearn.neighbors",
  classes: [
    ...neighborClassifierClasses,
    ...neighborRegressorClasses,
    ...neighborToolClasses,
    nearestCentroidClass,
    kernelDensityClass,
    {
      name: "NeighborhoodComponentsAnalysis",
      paths: ["sklearn.neighbors._nca", "sklearn.neighbors.nca"],
      read: readProjection,
    },
  ],
  inertClasses: [
    ...inertObjects(
      ["sklearn.neighbors._kd_tree", "sklearn.neighbors.kd_tree"],
      "newObj",
      // Before 0.20.
      "BinaryTree",
      "KDTree",
      "KDTree64",
      "KDTree32",
    ),
    ...inertObjects(
      ["sklearn.neighbors._ball_tree", "sklearn.neighbors.ball_tree"],
      "newObj",
      "BinaryTree",
      "BallTree",
      "BallTree64",
      "BallTree32",
    ),
    ...distanceClasses(["sklearn.neighbors._dist_metrics", "sklearn.neighbors.dist_metrics"]),
  ],
};
