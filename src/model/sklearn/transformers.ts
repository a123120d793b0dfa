// The transformers: what prepares a table for a model.

import { TepalError } from "../../base/index.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { type Call, Dict, Global, Instance, kindOf } from "../pickle/values.js";
import { columnTransformerClass } from "./compose/column-transformer.js";
import { featureUnionClass } from "./compose/feature-union.js";
import type { EstimatorClass } from "./estimator.js";
import { dictVectorizerClass } from "./feature-extraction/dict-vectorizer.js";
import { hashingClasses } from "./feature-extraction/hashing.js";
import { vectorizerClasses } from "./feature-extraction/vectorizers.js";
import { simpleImputerClasses } from "./impute/simple-imputer.js";
import { oneHotEncoderClass } from "./preprocessing/one-hot-encoder.js";
import { ordinalEncoderClasses } from "./preprocessing/ordinal-encoder.js";

export const transformerClasses: readonly EstimatorClass[] = [
  columnTransformerClass,
  featureUnionClass,
  oneHotEncoderClass,
  ...ordinalEncoderClasses,
  ...simpleImputerClasses,
  ...vectorizerClasses,
  ...hashingClasses,
  dictVectorizerClass,
];

/** pandas' names of columns: (class, {data, name}). */
const makeIndex: Call = ([type, attributes]) => {
  const data = attributes instanceof Dict ? attributes.get("data") : undefined;
  if (!(type instanceof Global) || data === undefined)
    throw new TepalError("pickle-broken", `A pandas Index is made of ${kindOf(type)} and ${kindOf(attributes)}`);
  return new Instance(type, [data]);
};

/** What transformers hold besides estimators. */
export const transformerParts: readonly GlobalRow[] = [
  { modules: ["sklearn.compose._column_transformer"], name: "_RemainderColsList", call: instance },
  { modules: ["sklearn.compose._column_transformer"], name: "make_column_selector", call: instance },
  { modules: ["pandas.core.indexes.base"], name: "Index" },
  { modules: ["pandas.core.indexes.base"], name: "_new_Index", call: makeIndex },
];
