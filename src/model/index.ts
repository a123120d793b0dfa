export type { Feature, MethodName, Model, Output, Scalar, Signature, Table } from "./core/model.js";
export { type Nested, toJson, toList } from "./core/output.js";
export { readMethod, readTable } from "./core/read-table.js";
export { readModel } from "./formats/read-model.js";
export { pairwiseSum } from "./numpy/pairwise-sum.js";
