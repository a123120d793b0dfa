import { type Family, inertObjects } from "../../estimator/family.js";
import { treeClasses } from "./decision-tree.js";

export { type Float32Rows, float32Rows } from "./float32-rows.js";
export { addLeaves, findLeaves, packForest, type TreeToPack } from "./packed-forest.js";
export { type Branches, oneOrZero, type Tree } from "./tree.js";
export {
  classifier,
  common,
  leafProbabilities,
  leafValues,
  meansOf,
  numbers,
  readMembers,
  takesMissing,
  treeParameters,
} from "./tree-methods.js";

export const family: Family = {
  module: "sklearn.tree",
  classes: [...treeClasses],
  inertClasses: inertObjects(["sklearn.tree._tree"], "Tree"),
};
