import type { TepalError } from "../../base/index.js";
import type { Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import { NdArray } from "../numpy/ndarray.js";
import { printable } from "../pickle/text.js";
import { type Instance, kindOf, Tuple, type Value } from "../pickle/values.js";

/** Labels that are predicted for one row: a multi-label text model has thousands. */
const outputsMax = 1 << 16;

/**
 * The attributes of a fitted estimator, checked as they are read. Where an attribute was renamed, callers pass all its
 * names, the newest first. Every method throws ModelError "estimator-inconsistent" when the attribute has another type.
 */
export class EstimatorAttributes {
  readonly #instance: Instance;
  /** "sklearn.svm.SVC" */
  readonly type: string;
  /** `_sklearn_version`: which variant of a state this is, and which rules of prediction hold. */
  readonly version: string | undefined;

  constructor(instance: Instance, type: string, version?: string) {
    this.#instance = instance;
    this.type = type;
    const recorded = this.get("_sklearn_version");
    this.version = typeof recorded === "string" ? printable(recorded, 40) : version;
  }

  /**
   * The same attributes with the version of an inner estimator: scikit-learn records none for a class of another
   * package, even where it inherits everything.
   */
  withVersionOf(inner: Instance): EstimatorAttributes {
    const { version } = new EstimatorAttributes(inner, this.type);
    return new EstimatorAttributes(this.#instance, this.type, version);
  }

  /**
   * Whether the file was written by this version of scikit-learn or a newer one. False where the file does not record a
   * version: such files are old.
   */
  since(major: number, minor: number): boolean {
    const [, fileMajor, fileMinor] = /^(\d+)\.(\d+)/.exec(this.version ?? "") ?? [];
    if (fileMajor === undefined) return false;
    return Number(fileMajor) > major || (Number(fileMajor) === major && Number(fileMinor) >= minor);
  }

  /** The first of these attributes that is there and not None. */
  get(...names: readonly string[]): Value | undefined {
    for (const name of names) {
      const value = this.#instance.attributes.get(name);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }

  text(...names: readonly string[]): string {
    const value = this.get(...names);
    if (typeof value !== "string") throw this.expected("a string", names, value);
    return value;
  }

  number(...names: readonly string[]): number {
    const value = this.get(...names);
    if (typeof value === "number") return value;
    if (value instanceof NdArray && value.size === 1) return value.toNumbers()[0]!;
    throw this.expected("a number", names, value);
  }

  /** True only for a true bool: some parameters are a bool or a word. */
  flag(...names: readonly string[]): boolean {
    return this.get(...names) === true;
  }

  array(...names: readonly string[]): NdArray {
    const value = this.get(...names);
    if (!(value instanceof NdArray)) throw this.expected("an array", names, value);
    return value;
  }

  /** An array's numbers. `length`: how many there must be. */
  numbers(names: readonly string[], length?: number): Float64Array {
    const numbers = this.array(...names).toNumbers();
    if (length !== undefined && numbers.length !== length) {
      throw this.inconsistent(`${names[0]} has ${numbers.length} values; expected ${length}`);
    }
    return numbers;
  }

  /** The items of a list or a tuple: some lists were pickled as tuples. */
  items(name: string, what: string): readonly Value[] {
    const value = this.get(name);
    const items = value instanceof Tuple ? value.items : value;
    if (!Array.isArray(items) || items.length === 0) throw this.expected(what, [name], value);
    return items;
  }

  /** The labels of a classifier. */
  classes(): readonly Scalar[] {
    const value = this.get("classes_");
    if (Array.isArray(value))
      throw this.unsupported(`it predicts ${value.length} labels for each row; only 1 is supported`);
    const classes = this.array("classes_");
    if (classes.shape.length !== 1 || classes.size === 0) throw this.inconsistent("classes_ is not one list of labels");
    return classes.toScalars();
  }

  /** The labels of a classifier that predicts several, one list for each. */
  classLists(): readonly (readonly Scalar[])[] {
    const value = this.get("classes_");
    if (!Array.isArray(value)) return [this.classes()];
    if (value.length > outputsMax)
      throw this.inconsistent(`it predicts ${value.length} labels; the maximum is ${outputsMax}`);
    return value.map((list) => {
      if (!(list instanceof NdArray) || list.shape.length !== 1)
        throw this.expected("lists of labels", ["classes_"], list);
      return list.toScalars();
    });
  }

  /** The named parameters that exist and are not objects. */
  parameters(...names: readonly string[]): Record<string, Scalar> {
    const shown: Record<string, Scalar> = Object.create(null);
    for (const name of names) {
      const value = this.get(name);
      if (value !== undefined && value !== null && typeof value !== "object") shown[name] = value;
    }
    return shown;
  }

  inconsistent(message: string): TepalError {
    return new ModelError("estimator-inconsistent", `${this.type}: ${message}`);
  }

  unsupported(message: string, hint?: string): TepalError {
    return new ModelError("estimator-unsupported", `${this.type}: ${message}`, { hint });
  }

  expected(what: string, names: readonly string[], value: Value | undefined): TepalError {
    if (value === undefined && names.every((name) => name.endsWith("_")) && !this.#isFitted())
      return this.inconsistent(`the object is not fitted: it has no ${names.join(" or ")}`);
    return this.inconsistent(`expected ${what} as ${names.join(" or ")}, found ${kindOf(value)}`);
  }

  /** As scikit-learn's check_is_fitted: whether an attribute ends with an underscore. */
  #isFitted(): boolean {
    return [...this.#instance.attributes.keys()].some((name) => name.endsWith("_") && !name.startsWith("__"));
  }
}
