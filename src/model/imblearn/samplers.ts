// The samplers of imbalanced-learn: they add or remove training rows in `fit`, and change nothing afterwards.

import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { Instance, type Value } from "../pickle/values.js";

/** By the module since 0.5; before, its last component (and its package's) had no underscore. */
const samplers: readonly (readonly [module: string, ...names: string[]])[] = [
  ["imblearn.base", "FunctionSampler"],
  ["imblearn.combine._smote_enn", "SMOTEENN"],
  ["imblearn.combine._smote_tomek", "SMOTETomek"],
  ["imblearn.over_sampling._adasyn", "ADASYN"],
  ["imblearn.over_sampling._random_over_sampler", "RandomOverSampler"],
  // Until 0.7.
  ["imblearn.over_sampling._smote", "SMOTE", "SMOTEN", "SMOTENC", "BorderlineSMOTE", "KMeansSMOTE", "SVMSMOTE"],
  ["imblearn.over_sampling._smote.base", "SMOTE", "SMOTEN", "SMOTENC"],
  ["imblearn.over_sampling._smote.cluster", "KMeansSMOTE"],
  ["imblearn.over_sampling._smote.filter", "BorderlineSMOTE", "SVMSMOTE"],
  ["imblearn.under_sampling._prototype_generation._cluster_centroids", "ClusterCentroids"],
  ["imblearn.under_sampling._prototype_selection._condensed_nearest_neighbour", "CondensedNearestNeighbour"],
  [
    "imblearn.under_sampling._prototype_selection._edited_nearest_neighbours",
    "AllKNN",
    "EditedNearestNeighbours",
    "RepeatedEditedNearestNeighbours",
  ],
  ["imblearn.under_sampling._prototype_selection._instance_hardness_threshold", "InstanceHardnessThreshold"],
  ["imblearn.under_sampling._prototype_selection._nearmiss", "NearMiss"],
  ["imblearn.under_sampling._prototype_selection._neighbourhood_cleaning_rule", "NeighbourhoodCleaningRule"],
  ["imblearn.under_sampling._prototype_selection._one_sided_selection", "OneSidedSelection"],
  ["imblearn.under_sampling._prototype_selection._random_under_sampler", "RandomUnderSampler"],
  ["imblearn.under_sampling._prototype_selection._tomek_links", "TomekLinks"],
];

export const samplerGlobals: readonly GlobalRow[] = samplers.flatMap(([module, ...names]) => {
  const modules = [...new Set([module, module.replaceAll("._", ".")])];
  return names.map((name): GlobalRow => ({ modules, name, call: instance }));
});

const samplerNames: ReadonlySet<string> = new Set(samplers.flatMap(([, ...names]) => names));

export function isSampler(part: Value): boolean {
  return part instanceof Instance && part.global.module.startsWith("imblearn.") && samplerNames.has(part.global.name);
}
