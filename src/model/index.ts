export { ModelError, modelErrorCodes } from "./errors.js";
export type { Feature, FeatureKind, Method, MethodName, Model, Output, Scalar, Signature, Table } from "./model.js";
export { pairwiseSum } from "./numpy/pairwise-sum.js";
export { type Nested, scalarJson, toJson, toList } from "./output.js";
export { readModel } from "./read-model.js";
export { readMethod, readTable } from "./read-table.js";
