export {
  type ChainDocument,
  filesOf,
  parseChain,
  plainFileOf,
  renameFiles,
} from "./chain/chain-document.js";
export { readModel } from "./chain/read-model-file.js";
export type { Feature, Method, MethodName, Model, Output, Scalar, Signature, Table } from "./core/model.js";
export { type Nested, toJson, toList } from "./core/output.js";
export { numberText, readMethod, readTable } from "./core/read-table.js";
export { type DirectoryEntry, findModelFile } from "./formats/directory.js";

export { pairwiseSum } from "./numpy/pairwise-sum.js";

/** Builds the model of a chain. Loaded on demand: most functions have one plain file. See chain/read-chain.ts. */
export const readChain: typeof import("./chain/read-chain.js").readChain = async (...chain) =>
  (await import("./chain/read-chain.js")).readChain(...chain);
