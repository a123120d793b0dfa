// The families built on distances and projections: neighbours, clusters, decompositions.

import type { GlobalRow } from "../pickle/allow-list.js";
import { clusterClasses, clusterParts } from "./cluster/centres.js";
import { factorizationClasses } from "./decomposition/factorizations.js";
import { kernelMapClasses, kernelMapParts } from "./decomposition/kernel-maps.js";
import { projectionClasses } from "./decomposition/projections.js";
import { sparseCodeClasses } from "./decomposition/sparse-codes.js";
import type { EstimatorClass } from "./estimator.js";
import { neighbourClassifierClasses } from "./neighbors/classifiers.js";
import { kernelDensityClass } from "./neighbors/kernel-density.js";
import { labelPropagationClasses } from "./neighbors/label-propagation.js";
import { nearestCentroidClass } from "./neighbors/nearest-centroid.js";
import { neighbourRegressorClasses } from "./neighbors/regressors.js";
import { neighbourToolClasses } from "./neighbors/tools.js";
import { neighbourTreeParts } from "./neighbors/tree.js";
import { ellipticEnvelopeClass } from "./outliers/elliptic-envelope.js";
import { boltzmannClass } from "./restricted-boltzmann.js";

export const geometryClasses: readonly EstimatorClass[] = [
  ...neighbourClassifierClasses,
  ...neighbourRegressorClasses,
  ...neighbourToolClasses,
  nearestCentroidClass,
  ...clusterClasses,
  ...projectionClasses,
  ...factorizationClasses,
  ...kernelMapClasses,
  ...sparseCodeClasses,
  kernelDensityClass,
  ...labelPropagationClasses,
  ellipticEnvelopeClass,
  boltzmannClass,
];

/** What they hold besides estimators. */
export const geometryParts: readonly GlobalRow[] = [...clusterParts, ...neighbourTreeParts, ...kernelMapParts];
