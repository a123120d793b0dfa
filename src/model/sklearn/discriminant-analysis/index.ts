import type { Family } from "../../estimator/family.js";
import { discriminantClasses } from "./discriminant-analysis.js";

export const family: Family = {
  module: "sklearn.discriminant_analysis",
  classes: [...discriminantClasses],
  inertClasses: [],
};
