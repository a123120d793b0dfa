import { Cursor, TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { instance } from "../pickle/allow-list.js";
import type { FileObjects } from "../pickle/file-objects.js";
import { scanPickle } from "../pickle/scan.js";
import { runPickle } from "../pickle/unpickler.js";
import { OwnClass } from "../pickle/values.js";
import { allowedGlobals, allowGlobals } from "../registry/allowed-globals.js";
import { mayBeOwnClass } from "../registry/unknown-globals.js";

export interface PickleOptions {
  /**
   * Reads objects of the author's own classes as containers of their attributes, for a caller that names members of the
   * file; `rejected` says why the whole is not a model.
   */
  readonly ownClasses?: boolean;
}

/**
 * Reads the objects of a pickle or an inflated joblib file: first all the names in it, and only when every one is
 * allowed, its objects. A pickle with joblib's arrays in it is reported as joblib, whatever was `found`.
 * @throws ModelError "pickle-global-rejected", "estimator-unsupported", "pickle-...", "numpy-broken"
 */
export async function readPickle(
  file: Uint8Array,
  found: "pickle" | "joblib",
  { ownClasses = false }: PickleOptions = {},
): Promise<FileObjects> {
  const scan = scanPickle(file, allowedGlobals);
  const rejected = await rejectionOf(() => allowGlobals(scan.unknown, ({ byte }) => byte));
  const own = scan.unknown.filter(({ module, name }) => !allowedGlobals.get(module, name));
  if (rejected && !(ownClasses && own.every((each) => each.objects > 0 && each.calls === 0 && mayBeOwnClass(each))))
    throw rejected;
  if (scan.error !== undefined) throw scan.error;

  const classes = new Map(own.map(({ module, name }) => [`${module} ${name}`, new OwnClass(module, name, instance)]));
  const value = runPickle(new Cursor(file), (module, name, byte) => {
    const global = allowedGlobals.get(module, name) ?? classes.get(`${module} ${name}`);
    // The scan has seen every name on the same way through the file.
    if (!global)
      throw new ModelError("pickle-global-rejected", "A global that the scan did not find", { place: { byte } });
    return global;
  });
  const format = scan.allowed.some(({ name }) => name === "NumpyArrayWrapper") ? "joblib" : found;
  const libraries = numpyOf(scan.allowed.map(({ module }) => module));
  return { value, format, libraries, ...(rejected && { rejected }) };
}

async function rejectionOf(check: () => Promise<void>): Promise<TepalError | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (error instanceof TepalError) return error;
    throw error;
  }
}

/** numpy's version is not in the file, but its modules were renamed at 2.0. */
function numpyOf(modules: readonly string[]): Readonly<Record<string, string>> {
  if (modules.some((module) => module.startsWith("numpy._core"))) return { numpy: "2.x" };
  if (modules.some((module) => module.startsWith("numpy.core"))) return { numpy: "1.x" };
  return {};
}
