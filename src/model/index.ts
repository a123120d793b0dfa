export type {
  Feature,
  FeatureKind,
  Method,
  MethodName,
  Model,
  Output,
  Scalar,
  Signature,
  Table,
} from "./core/model.js";
export { type Nested, scalarJson, toJson, toList } from "./core/output.js";
export { readMethod, readTable } from "./core/read-table.js";
export { ModelError, modelErrorCodes } from "./errors.js";
export { readModel } from "./formats/read-model.js";
export { pairwiseSum } from "./numpy/pairwise-sum.js";
