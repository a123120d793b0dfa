// The families built on distances and projections: neighbours, clusters, decompositions.

import type { EstimatorClass } from "../estimator/estimator.js";
import type { GlobalRow } from "../pickle/allow-list.js";
import { clusterClasses, clusterParts } from "../sklearn/cluster/cluster-centers.js";
import { ellipticEnvelopeClass } from "../sklearn/covariance/elliptic-envelope.js";
import { factorizationClasses } from "../sklearn/decomposition/factorizations.js";
import { projectionClasses } from "../sklearn/decomposition/projections.js";
import { sparseCodeClasses } from "../sklearn/decomposition/sparse-codes.js";
import { kernelMapClasses, kernelMapParts } from "../sklearn/kernel-approximation/kernel-maps.js";
import { neighbourClassifierClasses } from "../sklearn/neighbors/classifiers.js";
import { kernelDensityClass } from "../sklearn/neighbors/kernel-density.js";
import { nearestCentroidClass } from "../sklearn/neighbors/nearest-centroid.js";
import { neighbourRegressorClasses } from "../sklearn/neighbors/regressors.js";
import { neighbourToolClasses } from "../sklearn/neighbors/tools.js";
import { neighbourTreeParts } from "../sklearn/neighbors/tree.js";
import { boltzmannClass } from "../sklearn/neural-network/restricted-boltzmann.js";
import { labelPropagationClasses } from "../sklearn/semi-supervised/label-propagation.js";

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
