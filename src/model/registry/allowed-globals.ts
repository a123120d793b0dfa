// Every global that a model file may name. Nothing outside this table is ever looked up.

import { joblibGlobals } from "../joblib/array-wrapper.js";
import { numpyGlobals } from "../numpy/numpy-globals.js";
import { ufuncGlobals } from "../numpy/ufuncs.js";
import { type Allow, AllowList } from "../pickle/allow-list.js";
import { pythonGlobals } from "../pickle/python-globals.js";
import { scipyGlobals } from "../scipy/sparse.js";
import { firstGlobals, loadAllFamilies, loadFamiliesOf } from "./registry.js";

/** The names of what is loaded. */
export const allowList = new AllowList([
  ...pythonGlobals,
  ...numpyGlobals,
  ...ufuncGlobals,
  ...scipyGlobals,
  ...joblibGlobals,
  ...firstGlobals,
]);

/** Loads the families of estimators that the names belong to. @returns the names that are not allowed even so */
export const allow: Allow = async (names) => {
  const unknown = () => names.filter(({ module, name }) => !allowList.get(module, name));
  for (const families of [loadFamiliesOf, loadAllFamilies]) {
    const left = unknown();
    if (left.length === 0) return [];
    allowList.add(await families(left.map(({ module }) => module)));
  }
  return unknown();
};
