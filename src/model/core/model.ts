// What the rest of Tepal knows of a model. Every reader (pickle, ONNX, ...) ends in a Model.

/** A method of a model, under scikit-learn's name. predict_std is the second value of `predict(X, return_std=True)`. */
export type MethodName =
  | "predict"
  | "predict_proba"
  | "predict_log_proba"
  | "predict_std"
  | "decision_function"
  | "transform"
  | "score_samples"
  | "kneighbors";

/**
 * number: any number; category: one of `categories`; text: a document; json: the whole row, an object or a list, as a
 * JSON string.
 */
export type FeatureKind = "number" | "category" | "text" | "json";

export interface Feature {
  /** The column's name in the training table; `x0`, `x1`, ... where the file records none. */
  readonly name: string;
  readonly kind: FeatureKind;
  /** The values seen in training, for kind "category" where the file records them. */
  readonly categories?: readonly Scalar[];
  /** Whether a missing value (JSON null) is accepted here; it is read as NaN. */
  readonly missing: boolean;
  /** The library replaced blanks in the name by underscores: rows by name may have either. */
  readonly blanksReplaced?: true;
  /** The model does not look at this column: rows by name may leave it out. */
  readonly unused?: true;
}

/** One value of a table or of a result. bigint only for integers that a double cannot represent. */
export type Scalar = number | bigint | string | boolean | null;

/** What goes in and what comes out: everything that the API's schema, `tepal inspect` and input checks need. */
export interface Signature {
  /** The file's format as found from its bytes: "pickle", "joblib", "onnx", "libsvm", ... */
  readonly format: string;
  /** The estimator, as its library names it: "sklearn.svm.SVC". */
  readonly type: string;
  /** Libraries and versions recorded in the file: { "scikit-learn": "0.23.2" }. */
  readonly libraries: Readonly<Record<string, string>>;
  /**
   * Input columns in order. A model of documents has one, of kind "text". Empty where the file does not record the
   * columns: the model then accepts any.
   */
  readonly features: readonly Feature[];
  /** Whether the names of `features` were recorded in the file (then rows may be given as objects). */
  readonly named: boolean;
  /** Labels that `predict` can return, for classifiers; in the order of `classes_`. */
  readonly classes?: readonly Scalar[];
  /** The model's methods; the first one is called when a request names none. */
  readonly methods: readonly Method[];
  /** Numbers that are sent as strings are accepted. */
  readonly numbersFromStrings?: true;
  /** Keys of a row that are not columns are ignored. */
  readonly ignoreExtra?: true;
  /** Hyper-parameters and facts worth showing to a person: { kernel: "rbf", C: 1 }. */
  readonly parameters: Readonly<Record<string, Scalar>>;
}

export interface Method {
  readonly name: MethodName;
  /** What the method returns for one row: a single value, or a list of `columns` values. */
  readonly output: { readonly kind: "label" | "number" | "text" | "boolean"; readonly columns?: ColumnCount };
}

/** A number of columns; "any" where the file does not record it: then as many as the input has. */
export type ColumnCount = number | "any";

/**
 * A table of input rows. A matrix is the fast path of models whose features are all numbers; NaN is a missing value.
 */
export type Table =
  | {
      readonly kind: "matrix";
      readonly rows: number;
      readonly columns: number;
      readonly data: Float64Array;
      /**
       * Whether the numbers are 32-bit floats for the library: what one estimator hands to another one inside it. A
       * request's numbers are not: Python reads a list of numbers as 64-bit floats.
       */
      readonly single?: boolean;
    }
  | { readonly kind: "frame"; readonly rows: number; readonly columns: readonly (readonly Scalar[])[] }
  | SparseTable;

/**
 * Numbers that are mostly zero, as text vectorizers return them: a table between two steps of a pipeline, never a
 * request. Row r has the entries from indptr[r] up to indptr[r + 1]; their columns differ, in any order (sums follow
 * the entries' order).
 */
export interface SparseTable {
  readonly kind: "sparse";
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  readonly indices: Int32Array;
  readonly indptr: Int32Array;
}

/**
 * An array as numpy's `.tolist()` would show it: row-major values and a shape. `data` is a Float32Array where Python
 * returns 32-bit floats: what computes with it rounds as numpy does.
 */
export interface Output {
  readonly shape: readonly number[];
  readonly data: ArrayLike<Scalar>;
  /**
   * Where Python returns a list of arrays that may differ in shape: the probabilities of a model that predicts several
   * labels, an array for each. `data` is then empty, and `shape` is the number of arrays.
   */
  readonly parts?: readonly Output[];
}

/** A model file read into memory. */
export interface Model {
  readonly signature: Signature;
  /**
   * Runs one method on every row. A promise only where the engine is asynchronous (ONNX).
   * @throws ModelError "method-unknown" when the signature does not list it; "input-..." when the table does not fit.
   */
  run(method: MethodName, table: Table): Output | Promise<Output>;
}
