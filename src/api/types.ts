// The types of the programmatic API. They import nothing, so that the published declarations are complete.

/** One value of a table or of a result. bigint only for integers that a number cannot represent exactly. */
export type Value = number | bigint | string | boolean | null;

/** A value of a request: null is a missing value, where the model accepts one. */
export type Cell = number | string | boolean | null;

/** A row: the values in the order of the columns, an object by column name, or a string for a model of documents. */
export type Row = readonly Cell[] | Readonly<Record<string, unknown>> | string;

/** What a method returns for a row: a value, or nested lists of values, as Python's `.tolist()` nests them. */
export type Result = Value | readonly Result[];

/** A method of a model, under its name in Python. */
export type MethodName =
  | "predict"
  | "predict_proba"
  | "predict_log_proba"
  | "predict_std"
  | "decision_function"
  | "transform"
  | "score_samples"
  | "kneighbors";

/** An input column. */
export interface Feature {
  /** The name in the training table; `x0`, `x1`, ... if the file does not record names. */
  readonly name: string;
  /** number; category: one of `categories`; text: a document; json: the whole row, an object or a list. */
  readonly kind: "number" | "category" | "text" | "json";
  /** The categories that the file records. */
  readonly categories?: readonly Value[];
  /** Whether a missing value (null) is accepted. */
  readonly missing: boolean;
  /** Rows by name can omit this column. */
  readonly unused?: true;
}

/** What goes into a model and what comes out. */
export interface Signature {
  /** The format of the file: "pickle", "joblib", "onnx", ... */
  readonly format: string;
  /** The class of the estimator: "sklearn.svm.SVC". */
  readonly type: string;
  /** Versions of the libraries that the file records: `{ "scikit-learn": "1.5.2" }`. */
  readonly libraries: Readonly<Record<string, string>>;
  /** The columns in order. Empty if the file does not record them: the model then accepts any number. */
  readonly features: readonly Feature[];
  /** Whether the file records column names: rows can then be objects. */
  readonly named: boolean;
  /** The labels of a classifier, in the order of `classes_`. */
  readonly classes?: readonly Value[];
  /** The methods of the model. The first one is the default. */
  readonly methods: readonly { readonly name: MethodName }[];
  /** Hyperparameters: `{ kernel: "rbf", C: 1 }`. */
  readonly parameters: Readonly<Record<string, Value>>;
}

/** A trained model, read from its file. */
export interface Model {
  readonly signature: Signature;
  /** A request that the model accepts, to show to users. */
  readonly example: { readonly values: readonly unknown[] };
  /**
   * Calls a method with all rows, and returns one result for each.
   * @throws TepalError "method-unknown"; "input-..." with row and column
   */
  run(method: MethodName, rows: readonly Row[]): Promise<Result[]>;
  /** `run("predict", rows)` */
  predict(rows: readonly Row[]): Promise<Result[]>;
  /** `run("predict_proba", rows)` */
  predictProba(rows: readonly Row[]): Promise<Result[]>;
}

/** The bytes of a model file, with its name. */
export interface ModelBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A model file: its path, its bytes, or several paths in the order of use (transformers first). FILE::MEMBER selects
 * one object of a file.
 */
export type ModelSource = string | readonly string[] | ModelBytes;

/** Called with a line for each step, as the `tepal` command prints it. */
export type OnProgress = (line: string) => void;

export interface ImageOptions {
  /** A base image with Node: an image reference, an archive or an OCI layout. Default: as for `tepal build`. */
  readonly base?: string;
  /** "linux/amd64" or "linux/arm64", for a base with several platforms. */
  readonly platform?: string;
  readonly onProgress?: OnProgress;
}

export interface BuildOptions extends ImageOptions {
  /** FILE.tar for `docker load`, or a directory for an OCI layout. */
  readonly output: string;
  /** NAME:TAG of the image. Default: derived from the file name. */
  readonly tag?: string;
}

export interface BuiltImage {
  /** The digest of the manifest: "sha256:...". */
  readonly digest: string;
  /** "iris:latest" */
  readonly name: string;
  /** The absolute path of the archive or layout. */
  readonly output: string;
  /** The size of all layers, in bytes. */
  readonly bytes: number;
}

/** Where deployments are: the local cloud, or an AWS account with the credentials of the AWS tools. */
export interface TargetOptions {
  /** Default: "local". */
  readonly target?: "local" | "aws";
  readonly region?: string;
  /** The port of the local cloud. Default: 4566. */
  readonly port?: number;
}

export interface DeployOptions extends TargetOptions, ImageOptions {
  /** The name of the deployment. Default: derived from the file name. */
  readonly name?: string;
  /** Default: "prod". */
  readonly stage?: string;
  /** The path of the API. Default: "/predict". */
  readonly route?: string;
  /** The memory of the function in MB. Default: 512. */
  readonly memoryMb?: number;
  /** The timeout of the function. Default: 15. */
  readonly timeoutSeconds?: number;
  /** The web origin whose pages are allowed to call the API, or "*". */
  readonly cors?: string;
  /** Remove authorization, API key requirement and resource policy of the API, which are kept by default. */
  readonly removeProtection?: boolean;
}

export interface Deployed {
  readonly name: string;
  readonly stage: string;
  /** The URL of the prediction API. */
  readonly url: string;
  /** The digest of the image's manifest. */
  readonly imageDigest: string;
  /** How many resources were created or updated; 0 if the deployment was up to date. */
  readonly changes: number;
}

/** One stage of a deployment. */
export interface Deployment {
  readonly name: string;
  readonly stage: string;
  readonly url: string;
  /** The model in one line: "sklearn.svm.SVC (scikit-learn 1.5.2), 4 features, 3 classes". */
  readonly model: string;
  /** The version of the function that the stage calls. */
  readonly version: string;
  readonly imageDigest: string;
  /** When the stage last changed, in ISO 8601. */
  readonly updated: string;
}

/** The body of a prediction request. */
export interface PredictionRequest {
  readonly values: readonly Row[];
  readonly method?: MethodName;
}

export interface InvokeOptions extends TargetOptions {
  /** Default: "prod". */
  readonly stage?: string;
}
