// What files contain of pandas: the column names of transformers that were fitted on a data frame, and values that
// people save beside a model, which no prediction reads.

import { ModelError } from "../errors.js";
import { type Family, inertNames, inertObjects } from "../estimator/family.js";
import { type Call, Dict, Global, Instance, kindOf } from "../pickle/values.js";

/** pandas' names of columns: (class, {data, name}). A RangeIndex has no data. */
const makeIndex: Call = ([type, attributes]) => {
  if (!(type instanceof Global) || !(attributes instanceof Dict))
    throw new ModelError(
      "pickle-broken",
      `A pandas Index cannot be built from ${kindOf(type)} and ${kindOf(attributes)}`,
    );
  const data = attributes.get("data");
  return new Instance(type, data === undefined ? [] : [data]);
};

export const family: Family = {
  module: "pandas",
  classes: [],
  inertClasses: [
    ...inertNames(["pandas.core.indexes.base", "pandas"], "Index"),
    { modules: ["pandas.core.indexes.base"], name: "_new_Index", call: makeIndex },
    // Strings of pandas 3: an array of objects with its own dtype.
    ...inertNames(["pandas.arrays", "pandas.core.arrays.string_"], "StringArray"),
    ...inertObjects(["pandas", "pandas.core.arrays.string_"], "StringDtype"),
    ...inertObjects(["pandas._libs.arrays"], "__pyx_unpickle_NDArrayBacked"),

    ...inertObjects(["pandas", "pandas.core.frame"], "DataFrame"),
    ...inertObjects(["pandas", "pandas.core.series"], "Series"),
    ...inertObjects(["pandas.core.internals.managers"], "BlockManager", "SingleBlockManager"),
    ...inertObjects(["pandas._libs.internals"], "_unpickle_block"),
    ...inertNames(["pandas", "pandas.core.indexes.range"], "RangeIndex"),
    // Until pandas 1.5.
    ...inertNames(["pandas.core.indexes.numeric"], "Float64Index", "Int64Index", "UInt64Index"),
    ...inertObjects(["pandas", "pandas.core.arrays.categorical"], "Categorical"),
    ...inertObjects(["pandas", "pandas.core.dtypes.dtypes"], "CategoricalDtype"),
    ...inertObjects(["pandas.arrays", "pandas.core.arrays.datetimes"], "DatetimeArray"),
    ...inertObjects(["pandas._libs.tslibs.timestamps"], "_unpickle_timestamp", "Timestamp"),
    ...inertObjects(["pandas._libs.tslibs.timedeltas"], "_timedelta_unpickle"),
    ...inertObjects(["pandas._libs.tslibs.nattype"], "_nat_unpickle"),
    ...inertNames(["pandas", "pandas._libs.missing"], "NA"),
  ],
};
