import type { Family } from "../../estimator/family.js";
import { naiveBayesClasses } from "./naive-bayes.js";

export const family: Family = {
  module: "sklearn.naive_bayes",
  classes: [...naiveBayesClasses],
  inertClasses: [],
};
