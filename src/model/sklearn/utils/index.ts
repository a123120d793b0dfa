import { type Family, inertNames, inertObjects } from "../../estimator/family.js";

export const family: Family = {
  module: "sklearn.utils",
  classes: [],
  inertClasses: [
    ...inertObjects(["sklearn.utils", "sklearn.utils._bunch"], "Bunch"),
    ...inertObjects(
      ["sklearn.utils._metadata_requests"],
      "MetadataRequest",
      "MethodMetadataRequest",
      "MetadataRouter",
      "MethodMapping",
      "MethodPair",
      "RouterMappingPair",
    ),
    // The results of a search with the default parameters of 0.19 and 0.20.
    ...inertObjects(["sklearn.utils.deprecation"], "DeprecationDict"),
    // Histogram gradient boosting (1.4) checks its input with it.
    ...inertNames(["sklearn.utils.validation"], "check_array"),
  ],
};
