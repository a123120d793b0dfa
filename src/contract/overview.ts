// What a reader sees of a model first: one line that says what it is, and a request that it accepts.

import type { Feature, Signature } from "../model/index.js";
import { rowIsDocument } from "./request-schema.js";

/** "sklearn.svm.SVC (scikit-learn 0.23.2), 4 features, 3 classes" */
export function describeModel({ type, libraries, features, classes }: Signature): string {
  const versions = Object.entries(libraries).map(([library, version]) => `${library} ${version}`);
  return [
    versions.length > 0 ? `${type} (${versions.join(", ")})` : type,
    `${features.length} feature${features.length === 1 ? "" : "s"}`,
    ...(classes ? [`${classes.length} classes`] : []),
  ].join(", ");
}

/** A request with one row. Numbers are 0, categories the first that the file records. */
export function exampleRequest(signature: Signature): { readonly values: readonly unknown[] } {
  const row = signature.features.map(exampleValue);
  return { values: [rowIsDocument(signature) ? row[0] : row] };
}

function exampleValue({ kind, categories }: Feature): unknown {
  if (kind === "number") return 0;
  const category = categories?.find((each) => each !== null) ?? "text";
  return typeof category === "bigint" ? Number(category) : category;
}
