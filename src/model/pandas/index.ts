// What files contain of pandas: the column names of transformers that were fitted on a data frame, the mappings of
// encoders (read by frames.ts and labels.ts), and values that people save beside a model, which no prediction reads.

import { ModelError } from "../errors.js";
import { type Family, inertNames, inertObjects } from "../estimator/family.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { type Call, Dict, Global, Instance, kindOf } from "../pickle/values.js";
import { arrowClasses } from "./arrow.js";

/** pandas' labels: (class, {data, name}); a RangeIndex has {start, stop, step, name}. */
const makeIndex: Call = ([type, state]) => {
  if (!(type instanceof Global) || !(state instanceof Dict))
    throw new ModelError("pickle-broken", `A pandas Index cannot be built from ${kindOf(type)} and ${kindOf(state)}`);
  const index = new Instance(type);
  index.setState(state);
  return index;
};

/** An array that cython unpickles: (class, checksum, state). Its state follows by BUILD, except for an empty one. */
const makeArray: Call = ([type], global) => {
  if (!(type instanceof Global))
    throw new ModelError("pickle-broken", `${global.name} cannot build an array of ${kindOf(type)}`);
  return new Instance(type);
};

/** Each class under the name that pandas 3 gives it, and under that of its module. */
const objects: readonly GlobalRow[] = [
  ...inertObjects(["pandas", "pandas.core.frame"], "DataFrame"),
  ...inertObjects(["pandas", "pandas.core.series"], "Series"),
  ...inertObjects(["pandas.core.internals.managers"], "BlockManager", "SingleBlockManager"),
  ...inertObjects(["pandas._libs.internals"], "_unpickle_block"),
  // Strings of pandas 3: an array of objects with its own dtype.
  ...inertObjects(["pandas.arrays", "pandas.core.arrays.string_"], "StringArray"),
  ...inertObjects(["pandas", "pandas.core.arrays.string_"], "StringDtype"),
  // Where pyarrow is installed, they are in its arrays.
  ...inertObjects(
    ["pandas.arrays", "pandas.core.arrays.string_arrow", "pandas.core.arrays.arrow.array"],
    ...arrowClasses,
  ),
  ...inertObjects(["pandas", "pandas.core.dtypes.dtypes"], "ArrowDtype"),
  ...inertObjects(["pyarrow.lib"], "_restore_array", "py_buffer", "type_for_alias"),
  ...inertObjects(["pandas", "pandas.core.arrays.categorical"], "Categorical"),
  ...inertObjects(["pandas", "pandas.core.dtypes.dtypes"], "CategoricalDtype"),
  ...inertObjects(["pandas.arrays", "pandas.core.arrays.datetimes"], "DatetimeArray"),
  ...inertObjects(["pandas.arrays", "pandas.core.arrays.timedeltas"], "TimedeltaArray"),
  ...inertObjects(["pandas.arrays", "pandas.core.arrays.period"], "PeriodArray"),
  ...inertObjects(["pandas", "pandas.core.dtypes.dtypes"], "DatetimeTZDtype", "IntervalDtype", "PeriodDtype"),
  ...inertObjects(["pandas._libs.tslibs.timestamps"], "_unpickle_timestamp", "Timestamp"),
  ...inertObjects(["pandas._libs.tslibs.timedeltas"], "_timedelta_unpickle"),
  ...inertObjects(["pandas._libs.tslibs.nattype"], "_nat_unpickle"),
];

export const family: Family = {
  module: "pandas",
  classes: [],
  inertClasses: [
    { modules: ["pandas.core.indexes.base"], name: "_new_Index", call: makeIndex },
    { modules: ["pandas._libs.arrays"], name: "__pyx_unpickle_NDArrayBacked", call: makeArray },
    ...inertNames(["pandas.core.indexes.base", "pandas"], "Index"),
    ...inertNames(["pandas", "pandas.core.indexes.range"], "RangeIndex"),
    ...inertNames(["pandas", "pandas.core.indexes.category"], "CategoricalIndex"),
    // Until pandas 1.5.
    ...inertNames(["pandas.core.indexes.numeric"], "Float64Index", "Int64Index", "UInt64Index"),
    ...inertNames(["pandas", "pandas._libs.missing"], "NA"),
    // Numbers that can be missing.
    ...["integer", "floating", "boolean"].flatMap((module): readonly GlobalRow[] => {
      const name = `${module[0]!.toUpperCase()}${module.slice(1)}Array`;
      return [{ modules: ["pandas.arrays", `pandas.core.arrays.${module}`], name, call: instance }];
    }),
    ...nullableDtypes(),
    // Values beside a model, which no prediction reads: dates, periods and intervals, alone and as labels.
    ...inertNames(["pandas", "pandas.core.indexes.multi"], "MultiIndex"),
    ...inertNames(["pandas", "pandas.core.indexes.datetimes"], "DatetimeIndex"),
    ...inertNames(["pandas", "pandas.core.indexes.interval"], "IntervalIndex"),
    ...inertNames(["pandas", "pandas.core.indexes.period"], "PeriodIndex"),
    ...inertNames(["pandas", "pandas.core.indexes.timedeltas"], "TimedeltaIndex"),
    ...inertObjects(["pandas.core.indexes.datetimes"], "_new_DatetimeIndex"),
    ...inertObjects(["pandas.core.indexes.interval"], "_new_IntervalIndex"),
    ...inertObjects(["pandas.core.indexes.period"], "_new_PeriodIndex"),
    ...inertObjects(["pandas", "pandas._libs.interval"], "Interval"),
    ...inertObjects(["pandas.arrays", "pandas.core.arrays.interval"], "IntervalArray"),
    ...inertObjects(["pandas", "pandas._libs.tslibs.period"], "Period"),
    ...inertObjects(
      ["pandas._libs.tslibs.offsets", "pandas.offsets", "pandas.tseries.offsets"],
      "Day",
      "YearEnd",
      "MonthEnd",
      "MonthBegin",
      "Hour",
    ),
    ...objects,
  ],
};

function nullableDtypes(): readonly GlobalRow[] {
  const sizes = ["8", "16", "32", "64"];
  return [
    ...inertObjects(["pandas", "pandas.core.arrays.integer"], ...sizes.map((size) => `Int${size}Dtype`)),
    ...inertObjects(["pandas", "pandas.core.arrays.integer"], ...sizes.map((size) => `UInt${size}Dtype`)),
    ...inertObjects(["pandas", "pandas.core.arrays.floating"], "Float32Dtype", "Float64Dtype"),
    ...inertObjects(["pandas", "pandas.core.arrays.boolean"], "BooleanDtype"),
  ];
}
