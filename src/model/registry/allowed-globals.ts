// Every global that a model file may name. Nothing outside of this table is ever looked up.

import { joblibGlobals } from "../joblib/array-wrapper.js";
import { elementwiseGlobals } from "../numpy/elementwise.js";
import { numpyGlobals } from "../numpy/numpy-globals.js";
import { ufuncGlobals } from "../numpy/ufuncs.js";
import { AllowList, type GlobalName } from "../pickle/allow-list.js";
import { attributeGlobals } from "../pickle/attribute-globals.js";
import { dillGlobals } from "../pickle/dill-globals.js";
import { pythonGlobals } from "../pickle/python-globals.js";
import { scipyGlobals } from "../scipy/sparse.js";
import { loadFamiliesOf } from "./registry.js";
import { unknownGlobalError } from "./unknown-globals.js";

/** The globals of Python, numpy, scipy and joblib, and those of the families that have been loaded. */
export const allowedGlobals = new AllowList([
  ...pythonGlobals,
  ...attributeGlobals,
  ...dillGlobals,
  ...numpyGlobals,
  ...ufuncGlobals,
  ...elementwiseGlobals,
  ...scipyGlobals,
  ...joblibGlobals,
]);

/**
 * Loads the families that the names belong to.
 * @param byteOf where in the file a name is, for the error
 * @throws ModelError "estimator-unsupported", "pickle-global-rejected" where a name is not allowed
 */
export async function allowGlobals<T extends GlobalName>(
  names: readonly T[],
  byteOf: (name: T) => number,
): Promise<void> {
  const unknown = () => names.filter(({ module, name }) => !allowedGlobals.get(module, name));
  allowedGlobals.add(await loadFamiliesOf(unknown().map(({ module }) => module)));
  const [first, ...others] = unknown();
  if (first) throw await unknownGlobalError(first, byteOf(first), others);
}
