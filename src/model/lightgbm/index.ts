import { type Family, inertObjects } from "../estimator/family.js";
import { lightgbmClasses } from "./wrappers.js";

export const family: Family = {
  module: "lightgbm",
  classes: lightgbmClasses,
  // The numbers of the labels, in versions that do not use scikit-learn's encoder.
  inertClasses: inertObjects(["lightgbm.compat"], "_LGBMLabelEncoder", "LGBMLabelEncoder"),
};
