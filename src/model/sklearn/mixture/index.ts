import type { Family } from "../../estimator/family.js";
import { mixtureClasses } from "./mixture.js";

export const family: Family = {
  module: "sklearn.mixture",
  classes: [...mixtureClasses],
  inertClasses: [],
};
