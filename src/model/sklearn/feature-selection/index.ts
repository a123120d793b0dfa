import { type Family, inertNames } from "../../estimator/family.js";
import { selectorClasses } from "./selectors.js";

export const family: Family = {
  module: "sklearn.feature_selection",
  classes: [...selectorClasses],
  inertClasses: inertNames(
    // Their scores are in the file.
    [
      "sklearn.feature_selection._univariate_selection",
      "sklearn.feature_selection.univariate_selection",
      "sklearn.feature_selection._mutual_info",
      "sklearn.feature_selection.mutual_info_",
    ],
    "chi2",
    "f_classif",
    "f_regression",
    "r_regression",
    "mutual_info_classif",
    "mutual_info_regression",
  ),
};
