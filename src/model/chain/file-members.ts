// The objects of a container by what they do in a chain.

import { ModelError } from "../errors.js";
import type { Estimator } from "../estimator/estimator.js";
import { printable } from "../pickle/text.js";
import { Instance, type Value } from "../pickle/values.js";
import { readEstimator } from "../registry/read-estimator.js";
import { findEstimatorClass } from "../registry/registry.js";
import { memberKind, membersOf } from "./members.js";
import { isEncoders, isLabelEncoder, type Part, readEncoders } from "./parts.js";
import { namesIn, numberIn } from "./plain-values.js";

interface PartMember {
  readonly path: string;
  readonly part: Part;
}

export interface Objects {
  readonly predictors: readonly PartMember[];
  readonly transformers: readonly PartMember[];
  /** LabelEncoders, with the number of their classes. */
  readonly decoders: readonly { readonly path: string; readonly classes: number }[];
  /** Dicts of column name -> encoder. */
  readonly encoders: readonly PartMember[];
  /** Lists of names, each list once. */
  readonly names: readonly { readonly path: string; readonly names: readonly string[] }[];
  /** Numbers from 0 to 1 whose key says that they are thresholds. */
  readonly thresholds: readonly { readonly path: string }[];
  /** Estimators that cannot be read. */
  readonly unreadable: readonly { readonly path: string; readonly kind: string }[];
}

/** Estimators that are read for a proposal, and objects that a message lists. */
const estimatorsMax = 30;
const shownMax = 12;
/** Lists of names that a proposal tries. */
const nameListsMax = 4;

const thresholdKey = /thresh|cut_?off/i;

export function objectsOf(container: Value, file: string): Objects {
  const predictors: PartMember[] = [];
  const transformers: PartMember[] = [];
  const decoders: { path: string; classes: number }[] = [];
  const encoders: PartMember[] = [];
  const names = new Map<string, { path: string; names: readonly string[] }>();
  const thresholds: { path: string }[] = [];
  const unreadable: { path: string; kind: string }[] = [];
  const seen = new Set<Value>();
  let read = 0;

  for (const { path, value } of membersOf(container)) {
    if (typeof value === "object" && value !== null) {
      if (seen.has(value)) continue;
      seen.add(value);
    }
    const reference = `${file}::${path}`;
    if (isEncoders(value)) {
      for (const encoder of value.entries.values()) seen.add(encoder);
      const part = attempt(() => readEncoders(value, reference));
      if (part) encoders.push({ path, part: partOf({ kind: "encoders", encoders: part }, reference) });
      else unreadable.push({ path, kind: "a dict of encoders" });
    } else if (value instanceof Instance && findEstimatorClass(value.global.module, value.global.name)) {
      if (++read > estimatorsMax) break;
      const estimator = attempt(() => readEstimator(value, reference));
      if (!estimator) unreadable.push({ path, kind: memberKind(value) });
      else if (isLabelEncoder(estimator)) decoders.push({ path, classes: estimator.classes?.length ?? 0 });
      else if (estimator.methods.has("predict")) predictors.push(estimatorMember(path, estimator, reference));
      else transformers.push(estimatorMember(path, estimator, reference));
    } else {
      const list = namesIn(value);
      if (list && names.size < nameListsMax) names.set(list.join("\0"), { path, names: list });
      const number = numberIn(value);
      if (number !== undefined && number >= 0 && number <= 1 && thresholdKey.test(path)) thresholds.push({ path });
    }
  }
  return { predictors, transformers, decoders, encoders, names: [...names.values()], thresholds, unreadable };
}

function estimatorMember(path: string, estimator: Estimator, reference: string): PartMember {
  return { path, part: partOf({ kind: "estimator", estimator }, reference) };
}

type PartContent =
  | { readonly kind: "estimator"; readonly estimator: Estimator }
  | { readonly kind: "encoders"; readonly encoders: ReadonlyMap<string, Estimator> };

function partOf(content: PartContent, reference: string): Part {
  return { ...content, shown: reference, format: "", libraries: {} };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** "scaler (StandardScaler, 4 to 4 columns), model (SVC, 4 columns), features (3 names)" */
export function describeObjects(objects: Objects): string {
  const shown = [
    ...[...objects.encoders, ...objects.transformers, ...objects.predictors].map(
      ({ path, part }) => `${printable(path, 60)} (${describePart(part)})`,
    ),
    ...objects.decoders.map(({ path, classes }) => `${printable(path, 60)} (LabelEncoder of ${classes} labels)`),
    ...objects.unreadable.map(({ path, kind }) => `${printable(path, 60)} (${kind}, not readable)`),
    ...objects.names.map(({ path, names }) => `${printable(path, 60)} (${names.length} names)`),
    ...objects.thresholds.map(({ path }) => `${printable(path, 60)} (a number)`),
  ];
  return shown.slice(0, shownMax).join(", ") + (shown.length > shownMax ? `, and ${shown.length - shownMax} more` : "");
}

function describePart(part: Part): string {
  if (part.kind === "model") return part.model.signature.type;
  if (part.kind === "encoders") return `encoders of ${part.encoders.size} columns`;
  const { type, inputs, methods } = part.estimator;
  const width = methods.get("transform")?.output.columns ?? 1;
  const name = type.split(".").at(-1);
  const into = methods.has("predict") || width === "any" ? "" : ` to ${width}`;
  return inputs.count === "any" ? `${name}` : `${name}, ${inputs.count}${into} columns`;
}
