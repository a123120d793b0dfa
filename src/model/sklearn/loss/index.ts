// sklearn._loss: what linear models and gradient boosting were fitted with. No prediction needs it.

import { type Family, inertObjects } from "../../estimator/family.js";

const losses = [
  "AbsoluteError",
  "ExponentialLoss",
  "HalfBinomialLoss",
  "HalfGammaLoss",
  "HalfMultinomialLoss",
  "HalfPoissonLoss",
  "HalfSquaredError",
  "HalfTweedieLoss",
  "HalfTweedieLossIdentity",
  "HuberLoss",
  "PinballLoss",
];

export const family: Family = {
  module: "sklearn._loss",
  classes: [],
  inertClasses: [
    // Some wheels (1.5.2, 1.6.1, 1.8.0) name the module of the compiled losses without its package.
    ...inertObjects(
      ["sklearn._loss._loss", "_loss"],
      ...losses.flatMap((name) => [`Cy${name}`, `__pyx_unpickle_Cy${name}`]),
    ),
    ...inertObjects(["sklearn._loss.loss"], ...losses),
    ...inertObjects(
      ["sklearn._loss.link"],
      "HalfLogitLink",
      "IdentityLink",
      "Interval",
      "LogLink",
      "LogitLink",
      "MultinomialLogit",
    ),
    ...inertObjects(
      ["sklearn._loss.glm_distribution"],
      "DistributionBoundary",
      "GammaDistribution",
      "InverseGaussianDistribution",
      "NormalDistribution",
      "PoissonDistribution",
      "TweedieDistribution",
    ),
  ],
};
