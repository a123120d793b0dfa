// What transformers that were fitted on a data frame hold of pandas.

import { ModelError } from "../errors.js";
import { type Family, inertNames, inertObjects } from "../estimator/family.js";
import { type Call, Dict, Global, Instance, kindOf } from "../pickle/values.js";

/** pandas' names of columns: (class, {data, name}). */
const makeIndex: Call = ([type, attributes]) => {
  const data = attributes instanceof Dict ? attributes.get("data") : undefined;
  if (!(type instanceof Global) || data === undefined)
    throw new ModelError(
      "pickle-broken",
      `A pandas Index cannot be built from ${kindOf(type)} and ${kindOf(attributes)}`,
    );
  return new Instance(type, [data]);
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
  ],
};
