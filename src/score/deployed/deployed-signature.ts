import type { Feature, MethodName, Scalar, Signature } from "../../model/index.js";

type Json = Readonly<Record<string, unknown>>;

const methodNames: readonly MethodName[] = [
  "predict",
  "predict_proba",
  "predict_log_proba",
  "predict_std",
  "decision_function",
  "transform",
  "score_samples",
  "kneighbors",
];
const kinds: readonly Feature["kind"][] = ["number", "category", "text", "json"];

/**
 * The signature of a deployed model, from the document of its path /model.
 * @param info the parsed document; undefined if it could not be read. Then the model has any columns: the user chooses
 * them, and the function checks every value.
 */
export function deployedSignature(info: unknown): Signature {
  const signature = objectOf(objectOf(info)?.signature);
  const features = listOf(signature?.features)?.map(featureOf);
  const methods = listOf(signature?.methods)?.map(methodOf);
  const known = features?.every((feature) => feature !== undefined) && methods?.every((method) => method !== undefined);
  const classes = listOf(signature?.classes)?.filter(isScalar);
  return {
    format: "deployment",
    type: "The deployed model",
    libraries: {},
    features: known ? features.filter((feature) => feature !== undefined) : [],
    named: known === true && signature?.named === true,
    ...(classes && { classes }),
    methods: known
      ? methods.filter((method) => method !== undefined)
      : methodNames.map((name) => ({ name, output: { kind: "number" } })),
    parameters: {},
  };
}

function featureOf(value: unknown): Feature | undefined {
  const { name, kind, missing, categories, blanksReplaced, unused } = objectOf(value) ?? {};
  const found = kinds.find((each) => each === kind);
  if (typeof name !== "string" || !found) return undefined;
  const scalars = listOf(categories)?.filter(isScalar);
  return {
    name,
    kind: found,
    missing: missing === true,
    ...(scalars && { categories: scalars }),
    ...(blanksReplaced === true && { blanksReplaced: true }),
    ...(unused === true && { unused: true }),
  };
}

function methodOf(value: unknown): Signature["methods"][number] | undefined {
  const { name, output } = objectOf(value) ?? {};
  const found = methodNames.find((each) => each === name);
  const { kind } = objectOf(output) ?? {};
  if (!found) return undefined;
  return { name: found, output: { kind: kind === "label" || kind === "text" || kind === "boolean" ? kind : "number" } };
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ["number", "string", "boolean"].includes(typeof value);
}
