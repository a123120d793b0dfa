import type { Family } from "../../estimator/family.js";
import { crossDecompositionClasses } from "./partial-least-squares.js";

export const family: Family = {
  module: "sklearn.cross_decomposition",
  classes: [...crossDecompositionClasses],
  inertClasses: [],
};
