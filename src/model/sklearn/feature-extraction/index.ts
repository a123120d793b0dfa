import type { Family } from "../../estimator/family.js";
import { dictVectorizerClass } from "./dict-vectorizer.js";
import { hashingClasses } from "./hashing.js";
import { patchExtractorClass } from "./patch-extractor.js";
import { vectorizerClasses } from "./vectorizers.js";

export const family: Family = {
  module: "sklearn.feature_extraction",
  classes: [...vectorizerClasses, ...hashingClasses, dictVectorizerClass, patchExtractorClass],
  inertClasses: [],
};
