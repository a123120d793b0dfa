import type { Family } from "../../estimator/family.js";
import { isomapClass } from "./isomap.js";
import { locallyLinearEmbeddingClass } from "./locally-linear-embedding.js";

export const family: Family = {
  module: "sklearn.manifold",
  classes: [isomapClass, locallyLinearEmbeddingClass],
  inertClasses: [],
};
