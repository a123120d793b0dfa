import { type Family, inertObjects } from "../estimator/family.js";
import { xgboostClasses } from "./wrappers.js";

export const family: Family = {
  module: "xgboost",
  classes: xgboostClasses,
  inertClasses: [
    // The numbers of the labels, before 1.6.
    ...inertObjects(["xgboost.compat"], "XGBoostLabelEncoder"),
    // What stops a training: its result is in the booster.
    ...inertObjects(
      ["xgboost.callback"],
      "EarlyStopping",
      "EvaluationMonitor",
      "LearningRateScheduler",
      "TrainingCallback",
    ),
  ],
};
