// Rare categories that an encoder was fitted on as one group (min_group_size).

import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import { LabelMap } from "../estimator/label-map.js";
import { Dict } from "../pickle/values.js";

/** The category that a cell of this column counts as. @throws ModelError "estimator-unsupported" for composite_cols */
export function lumpingOf(attributes: EstimatorAttributes, column: Scalar): (cell: Scalar) => Scalar {
  const composites = attributes.get("composite_members_");
  if (composites instanceof Dict && composites.entries.size > 0)
    throw attributes.unsupported("columns that are joined (composite_cols) are not supported");
  // CountEncoder has its own.
  const groups = attributes.get("_min_group_categories", "min_group_lumping_");
  const names = groups instanceof Dict ? groups.get(column) : undefined;
  if (!(names instanceof Dict)) return (cell) => cell;
  const map = new LabelMap(
    Array.from(names.entries, ([label, name]) => {
      if ((label !== null && typeof label === "object") || typeof name !== "string")
        throw attributes.inconsistent("a group of rare categories is not a label and a name");
      return [label, name] as const;
    }),
  );
  return (cell) => map.get(cell) ?? cell;
}
