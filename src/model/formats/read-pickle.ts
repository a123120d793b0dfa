import { Cursor } from "../../base/index.js";
import { ModelError } from "../errors.js";
import type { FileObjects } from "../pickle/file-objects.js";
import { scanPickle } from "../pickle/scan.js";
import { runPickle } from "../pickle/unpickler.js";
import { allowedGlobals, allowGlobals } from "../registry/allowed-globals.js";

/**
 * Reads the objects of a pickle or an inflated joblib file: first all the names in it, and only when every one is
 * allowed, its objects. A pickle with joblib's arrays in it is reported as joblib, whatever was `found`.
 * @throws ModelError "pickle-global-rejected", "estimator-unsupported", "pickle-...", "numpy-broken"
 */
export async function readPickle(file: Uint8Array, found: "pickle" | "joblib"): Promise<FileObjects> {
  const scan = scanPickle(file, allowedGlobals);
  await allowGlobals(scan.unknown, ({ byte }) => byte);
  if (scan.error !== undefined) throw scan.error;

  const value = runPickle(new Cursor(file), (module, name, byte) => {
    const global = allowedGlobals.get(module, name);
    // The scan has seen every name on the same way through the file.
    if (!global)
      throw new ModelError("pickle-global-rejected", "A global that the scan did not find", { place: { byte } });
    return global;
  });
  const format = scan.allowed.some(({ name }) => name === "NumpyArrayWrapper") ? "joblib" : found;
  return { value, format, libraries: numpyOf(scan.allowed.map(({ module }) => module)) };
}

/** numpy's version is not in the file, but its modules were renamed at 2.0. */
function numpyOf(modules: readonly string[]): Readonly<Record<string, string>> {
  if (modules.some((module) => module.startsWith("numpy._core"))) return { numpy: "2.x" };
  if (modules.some((module) => module.startsWith("numpy.core"))) return { numpy: "1.x" };
  return {};
}
