import { type Family, inertObjects } from "../../estimator/family.js";
import { functionTransformerClass } from "./function-transformer.js";
import { kBinsDiscretizerClass } from "./k-bins-discretizer.js";
import { labelBinarizerClasses } from "./label-binarizers.js";
import { labelEncoderClass } from "./label-encoder.js";
import { normalizerClasses } from "./normalizers.js";
import { oneHotEncoderClass } from "./one-hot-encoder.js";
import { ordinalEncoderClasses } from "./ordinal-encoder.js";
import { polynomialFeaturesClass } from "./polynomial-features.js";
import { powerTransformerClass } from "./power-transformer.js";
import { quantileTransformerClass } from "./quantile-transformer.js";
import { scalerClasses } from "./scalers.js";
import { splineTransformerClass } from "./spline-transformer.js";

export const family: Family = {
  module: "sklearn.preprocessing",
  classes: [
    ...scalerClasses,
    ...normalizerClasses,
    oneHotEncoderClass,
    ...ordinalEncoderClasses,
    labelEncoderClass,
    ...labelBinarizerClasses,
    functionTransformerClass,
    kBinsDiscretizerClass,
    polynomialFeaturesClass,
    powerTransformerClass,
    quantileTransformerClass,
    splineTransformerClass,
  ],
  inertClasses: inertObjects(["sklearn.preprocessing._data", "sklearn.preprocessing.data"], "KernelCenterer"),
};
