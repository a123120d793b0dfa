import { type Family, inertObjects } from "../../estimator/family.js";
import { gaussianProcessClassifierClass } from "./classifier.js";
import { gaussianProcessRegressorClass } from "./regressor.js";

export const family: Family = {
  module: "sklearn.gaussian_process",
  classes: [gaussianProcessClassifierClass, gaussianProcessRegressorClass],
  inertClasses: [
    ...inertObjects(
      ["sklearn.gaussian_process.kernels"],
      "CompoundKernel",
      "ConstantKernel",
      "DotProduct",
      "Exponentiation",
      "ExpSineSquared",
      "Hyperparameter",
      "Matern",
      "PairwiseKernel",
      "Product",
      "RationalQuadratic",
      "RBF",
      "Sum",
      "WhiteKernel",
    ),
    ...inertObjects(
      ["sklearn.gaussian_process._gpc", "sklearn.gaussian_process.gpc"],
      "_BinaryGaussianProcessClassifierLaplace",
    ),
  ],
};
