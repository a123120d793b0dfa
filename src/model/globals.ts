// Every global that a model file may name. Nothing outside this table is ever looked up.

import { joblibGlobals } from "./joblib/array-wrapper.js";
import { numpyGlobals } from "./numpy/numpy-globals.js";
import { ufuncGlobals } from "./numpy/ufuncs.js";
import { AllowList } from "./pickle/allow-list.js";
import { pythonGlobals } from "./pickle/python-globals.js";
import { scipyGlobals } from "./scipy/sparse.js";
import { sklearnGlobals } from "./sklearn/registry.js";

export const allowList = new AllowList([
  ...pythonGlobals,
  ...numpyGlobals,
  ...ufuncGlobals,
  ...scipyGlobals,
  ...joblibGlobals,
  ...sklearnGlobals,
]);
