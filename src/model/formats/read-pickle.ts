import { Cursor, TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { ArrayFiles, arrayFileGlobals, arrayFileNames } from "../joblib/array-files.js";
import { pickleInNpy, readNpy } from "../numpy/npy.js";
import { AllowList, instance } from "../pickle/allow-list.js";
import type { FileObjects } from "../pickle/file-objects.js";
import { scanPickle } from "../pickle/scan.js";
import { type Made, type ResolveGlobal, runPickle } from "../pickle/unpickler.js";
import { OwnClass, type Value } from "../pickle/values.js";
import { allowedGlobals, allowGlobals } from "../registry/allowed-globals.js";
import { mayBeOwnClass } from "../registry/unknown-globals.js";

export interface PickleOptions {
  /**
   * Reads objects of the author's own classes as containers of their attributes, for a caller that names members of the
   * file; `rejected` says why the whole is not a model.
   */
  readonly ownClasses?: boolean;
  /** The files that joblib before 0.10 wrote beside the pickle, by name. */
  readonly arrays?: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads the objects of a pickle or an inflated joblib file: first all the names in it, and only when every one is
 * allowed, its objects. A pickle with joblib's arrays in it is reported as joblib, whatever was `found`.
 * @throws ModelError "pickle-global-rejected", "estimator-unsupported", "pickle-...", "numpy-broken"
 */
export async function readPickle(
  file: Uint8Array,
  found: "pickle" | "joblib",
  { ownClasses = false, arrays = new Map() }: PickleOptions = {},
): Promise<FileObjects> {
  const scan = scanPickle(file, allowedGlobals);
  const rejected = await rejectionOf(() => allowGlobals(scan.unknown, ({ byte }) => byte));
  const own = scan.unknown.filter(({ module, name }) => !allowedGlobals.get(module, name));
  if (rejected && !(ownClasses && own.every((each) => each.objects > 0 && each.calls === 0 && mayBeOwnClass(each))))
    throw rejected;
  if (scan.error !== undefined) throw scan.error;

  const isJoblib = scan.allowed.some(({ name }) => joblibNames.includes(name));
  const made: Made = { objects: 0, bytes: 0 };
  const files = new ArrayFiles(isJoblib ? await readArrays(arrays, made) : new Map());
  const wrappers = new AllowList(arrayFileGlobals(files));
  const classes = new Map(own.map(({ module, name }) => [`${module} ${name}`, new OwnClass(module, name, instance)]));
  const value = withMissingFiles(files, () =>
    runPickle(
      new Cursor(file),
      (module, name, byte) =>
        wrappers.get(module, name) ?? classes.get(`${module} ${name}`) ?? resolve(module, name, byte),
      made,
    ),
  );
  const libraries = numpyOf(scan.allowed.map(({ module }) => module));
  return { value, format: isJoblib ? "joblib" : found, libraries, ...(rejected && { rejected }) };
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

/** Classes that only joblib's files have. */
const joblibNames: readonly string[] = ["NumpyArrayWrapper", ...arrayFileNames];

const resolve: ResolveGlobal = (module, name, byte) => {
  const global = allowedGlobals.get(module, name);
  // The scan has seen every name on the same way through the file.
  if (!global)
    throw new ModelError("pickle-global-rejected", "A global that the scan did not find", { place: { byte } });
  return global;
};

/** The arrays beside a pickle. Those of Python objects are pickles themselves. */
async function readArrays(files: ReadonlyMap<string, Uint8Array>, made: Made): Promise<ReadonlyMap<string, Value>> {
  const arrays = new Map<string, Value>();
  for (const [name, file] of files) {
    if (name.endsWith(".z")) {
      arrays.set(name, (await import("../compression/inflate.js")).inflateZfile(file));
      continue;
    }
    const pickle = pickleInNpy(file);
    if (!pickle) {
      arrays.set(name, readNpy(file));
      continue;
    }
    const scan = scanPickle(pickle, allowedGlobals);
    await allowGlobals(scan.unknown, ({ byte }) => byte);
    if (scan.error !== undefined) throw scan.error;
    arrays.set(name, runPickle(new Cursor(pickle), resolve, made));
    // Bytes are limited by the length of each file, objects for all of them together.
    made.bytes = 0;
  }
  return arrays;
}

/** What the file means is not to be judged while arrays are missing. */
function withMissingFiles(files: ArrayFiles, run: () => Value): Value {
  try {
    const value = run();
    const missing = files.missingError();
    if (missing) throw missing;
    return value;
  } catch (error) {
    throw files.missingError() ?? error;
  }
}

/** numpy's version is not in the file, but its modules were renamed at 2.0. */
function numpyOf(modules: readonly string[]): Readonly<Record<string, string>> {
  if (modules.some((module) => module.startsWith("numpy._core"))) return { numpy: "2.x" };
  if (modules.some((module) => module.startsWith("numpy.core"))) return { numpy: "1.x" };
  return {};
}
