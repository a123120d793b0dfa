import { type Family, inertObjects } from "../../estimator/family.js";
import { columnTransformerClass } from "./column-transformer.js";
import { transformedTargetClass } from "./transformed-target.js";

export { type ColumnsPart, columnwise } from "./column-transformer.js";

export const family: Family = {
  module: "sklearn.compose",
  classes: [columnTransformerClass, transformedTargetClass],
  inertClasses: inertObjects(["sklearn.compose._column_transformer"], "_RemainderColsList", "make_column_selector"),
};
