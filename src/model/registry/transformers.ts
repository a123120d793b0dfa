// The transformers: what prepares a table for a model.

import { ModelError } from "../errors.js";
import type { EstimatorClass } from "../estimator/estimator.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { type Call, Dict, Global, Instance, kindOf } from "../pickle/values.js";
import { columnTransformerClass } from "../sklearn/compose/column-transformer.js";
import { dictVectorizerClass } from "../sklearn/feature-extraction/dict-vectorizer.js";
import { hashingClasses } from "../sklearn/feature-extraction/hashing.js";
import { vectorizerClasses } from "../sklearn/feature-extraction/vectorizers.js";
import { selectorClasses } from "../sklearn/feature-selection/selectors.js";
import { iterativeImputerClass } from "../sklearn/impute/iterative-imputer.js";
import { knnImputerClass } from "../sklearn/impute/knn-imputer.js";
import { simpleImputerClasses } from "../sklearn/impute/simple-imputer.js";
import { featureUnionClass } from "../sklearn/pipeline/feature-union.js";
import { functionTransformerClass } from "../sklearn/preprocessing/function-transformer.js";
import { kBinsDiscretizerClass } from "../sklearn/preprocessing/k-bins-discretizer.js";
import { labelBinarizerClasses } from "../sklearn/preprocessing/label-binarizers.js";
import { normalizerClasses } from "../sklearn/preprocessing/normalizers.js";
import { oneHotEncoderClass } from "../sklearn/preprocessing/one-hot-encoder.js";
import { ordinalEncoderClasses } from "../sklearn/preprocessing/ordinal-encoder.js";
import { polynomialFeaturesClass } from "../sklearn/preprocessing/polynomial-features.js";
import { powerTransformerClass } from "../sklearn/preprocessing/power-transformer.js";
import { quantileTransformerClass } from "../sklearn/preprocessing/quantile-transformer.js";
import { splineTransformerClass } from "../sklearn/preprocessing/spline-transformer.js";

export const transformerClasses: readonly EstimatorClass[] = [
  columnTransformerClass,
  featureUnionClass,
  oneHotEncoderClass,
  ...ordinalEncoderClasses,
  ...simpleImputerClasses,
  knnImputerClass,
  iterativeImputerClass,
  splineTransformerClass,
  functionTransformerClass,
  ...labelBinarizerClasses,
  ...normalizerClasses,
  polynomialFeaturesClass,
  kBinsDiscretizerClass,
  powerTransformerClass,
  quantileTransformerClass,
  ...selectorClasses,
  ...vectorizerClasses,
  ...hashingClasses,
  dictVectorizerClass,
];

/** pandas' names of columns: (class, {data, name}). */
const makeIndex: Call = ([type, attributes]) => {
  const data = attributes instanceof Dict ? attributes.get("data") : undefined;
  if (!(type instanceof Global) || data === undefined)
    throw new ModelError("pickle-broken", `A pandas Index is made of ${kindOf(type)} and ${kindOf(attributes)}`);
  return new Instance(type, [data]);
};

/** Functions that selectors name and never call: their scores are in the file. */
const scores = ["chi2", "f_classif", "f_regression", "r_regression", "mutual_info_classif", "mutual_info_regression"];

/** What transformers hold besides estimators. */
export const transformerParts: readonly GlobalRow[] = [
  { modules: ["scipy.interpolate._bsplines"], name: "BSpline", call: instance },
  {
    modules: ["scipy._lib.array_api_compat.numpy._aliases", "scipy._external.array_api_compat.numpy._aliases"],
    name: "asarray",
  },
  { modules: ["sklearn.impute._iterative"], name: "_ImputerTriplet", call: instance },
  ...scores.map((name): GlobalRow => {
    return {
      modules: [
        "sklearn.feature_selection._univariate_selection",
        "sklearn.feature_selection.univariate_selection",
        "sklearn.feature_selection._mutual_info",
        "sklearn.feature_selection.mutual_info_",
      ],
      name,
    };
  }),
  { modules: ["sklearn.compose._column_transformer"], name: "_RemainderColsList", call: instance },
  { modules: ["sklearn.compose._column_transformer"], name: "make_column_selector", call: instance },
  { modules: ["pandas.core.indexes.base", "pandas"], name: "Index" },
  // Texts of pandas 3: an array of objects with a dtype of its own.
  { modules: ["pandas.arrays", "pandas.core.arrays.string_"], name: "StringArray" },
  { modules: ["pandas", "pandas.core.arrays.string_"], name: "StringDtype", call: instance },
  { modules: ["pandas._libs.arrays"], name: "__pyx_unpickle_NDArrayBacked", call: instance },
  { modules: ["pandas.core.indexes.base"], name: "_new_Index", call: makeIndex },
];
