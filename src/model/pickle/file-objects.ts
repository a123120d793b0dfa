import type { TepalError } from "../../base/index.js";
import type { Value } from "./values.js";

/** What a pickle, joblib or skops file contains: an estimator, or a container of several objects. */
export interface FileObjects {
  readonly value: Value;
  /** "pickle", "joblib", "skops" */
  readonly format: string;
  /** Versions that the file records outside of its objects. */
  readonly libraries: Readonly<Record<string, string>>;
  /** Why the file is not a model as a whole: it has objects of classes of its author's own. Members can be named. */
  readonly rejected?: TepalError;
}
