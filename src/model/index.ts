export type { Feature, FeatureKind, Method, MethodName, Model, Output, Scalar, Signature, Table } from "./model.js";
