import { type Family, inertObjects } from "../../estimator/family.js";
import { bayesianClasses } from "./bayesian.js";
import { linearClassifierClasses } from "./classifiers.js";
import { glmClasses } from "./glm.js";
import { logisticClasses } from "./logistic.js";
import { linearClasses } from "./regressors.js";

export const family: Family = {
  module: "sklearn.linear_model",
  classes: [...linearClasses, ...bayesianClasses, ...logisticClasses, ...linearClassifierClasses, ...glmClasses],
  inertClasses: [
    // Some wheels name the compiled losses without their package.
    ...inertObjects(
      ["sklearn.linear_model._sgd_fast", "sklearn.linear_model.sgd_fast", "_sgd_fast"],
      "EpsilonInsensitive",
      "Hinge",
      "Huber",
      "Log",
      "ModifiedHuber",
      "SquaredEpsilonInsensitive",
      "SquaredHinge",
      "SquaredLoss",
    ),
    // Generalized linear models up to 1.0.
    ...inertObjects(["sklearn.linear_model._glm.link"], "IdentityLink", "LogLink", "LogitLink"),
  ],
};
