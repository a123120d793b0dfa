import type { Family } from "../../estimator/family.js";
import { readProjection } from "../../estimator/projection.js";

const paths = ["sklearn.random_projection"];

export const family: Family = {
  module: "sklearn.random_projection",
  classes: [
    { name: "GaussianRandomProjection", paths, read: readProjection },
    { name: "SparseRandomProjection", paths, read: readProjection },
  ],
  inertClasses: [],
};
