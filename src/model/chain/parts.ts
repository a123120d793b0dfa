// The parts of a chain: what a step of the document refers to.

import type { Model } from "../core/model.js";
import { ModelError } from "../errors.js";
import type { Estimator } from "../estimator/estimator.js";
import { Dict, Instance, type Value } from "../pickle/values.js";
import { estimatorIn } from "../registry/find-estimator.js";
import { readEstimator } from "../registry/read-estimator.js";
import { atFile, type ChainFiles } from "./chain-files.js";
import { functionStep } from "./function-step.js";
import { mapEncoder } from "./map-encoder.js";
import { namesIn, numberIn } from "./plain-values.js";
import { splitReference } from "./reference.js";
import type { AnyStep, MapDocument, TextDocument } from "./step-document.js";
import { textCleaner, type WordCleaning } from "./text-step.js";

/** Encoders of one step: one for each column of a table. */
const encodersMax = 10_000;

interface PartBase {
  /** "scaler.pkl (StandardScaler)" */
  readonly shown: string;
  readonly format: string;
  readonly libraries: Readonly<Record<string, string>>;
}

/** An estimator for all columns, or for some. */
export interface EstimatorPart extends PartBase {
  readonly kind: "estimator";
  readonly estimator: Estimator;
  readonly columns?: readonly string[];
  /** It changes each column by itself: the names of the columns stay. */
  readonly keepsNames?: true;
}

/** A dict of column name -> encoder. */
export interface EncodersPart extends PartBase {
  readonly kind: "encoders";
  readonly encoders: ReadonlyMap<string, Estimator>;
  /** The columns whose encoders are used. Undefined: those that the table has. */
  readonly columns?: readonly string[];
  /** The table must have every column: a person has listed them. */
  readonly required?: true;
}

/** A model of a format that contains nothing else: it can only be the last part. */
export interface ModelPart extends PartBase {
  readonly kind: "model";
  readonly model: Model;
}

export type Part = EstimatorPart | EncodersPart | ModelPart;

/** @throws ModelError "chain-member-unknown", "estimator-...", with the file as place */
export async function readPart(step: AnyStep, files: ChainFiles): Promise<Part> {
  if (typeof step !== "string") {
    if ("map" in step) return mapPart(step);
    if ("func" in step) return ownPart(functionStep(step.func), `func: ${step.func}`, await files.names(step.columns));
    if ("text" in step) return textPart(step, files);
  }
  const { file: reference, each = false, columns: listed } = typeof step === "string" ? { file: step } : step;
  const columns = await files.names(listed);
  const { file, member } = splitReference(reference);
  const content = await files.content(file);
  if ("signature" in content && member === undefined && !each && columns === undefined) {
    const { type, format, libraries } = content.signature;
    return { kind: "model", shown: shownPart(reference, type), format, libraries, model: content };
  }
  const value = await files.value(reference);
  const { format, libraries } = "signature" in content ? content.signature : content;
  return atFile(file, () => {
    const chosen = columns && { columns };
    if (each) {
      const encoders = readEncoders(value, reference);
      return { kind: "encoders", shown: reference, format, libraries, encoders, ...chosen };
    }
    if (isEncoders(value) && !isOneTransformer(value)) throw encodersWithoutEach(reference, [...value.entries.keys()]);
    const estimator = readEstimator(
      estimatorIn(value, member === undefined ? `${file}::` : `${reference}.`),
      reference,
    );
    return {
      kind: "estimator",
      shown: shownPart(reference, estimator.type),
      format,
      libraries,
      estimator,
      ...chosen,
    };
  });
}

function encodersWithoutEach(reference: string, columns: readonly Value[]): ModelError {
  return new ModelError(
    "estimator-several",
    columns.length === 1
      ? `${reference} is a dict of one encoder, that of the column ${JSON.stringify(columns[0])}`
      : `${reference} is a dict of ${columns.length} encoders, one for each column`,
    {
      hint: `Write it as a step of a spec file (tepal.yaml): - {file: ${reference}, each: true}. For a decoder of the predictions, name one of them as decode.`,
    },
  );
}

function mapPart({ map }: MapDocument): Part {
  const encoders = Object.entries(map).map(([column, numbers]): [string, Estimator] => [
    column,
    mapEncoder(new Map(Object.entries(numbers))),
  ]);
  return { kind: "encoders", shown: "map", format: "", libraries: {}, encoders: new Map(encoders), required: true };
}

async function textPart({ text, columns: listed }: TextDocument, files: ChainFiles): Promise<Part> {
  const columns = await files.names(listed);
  const cleanings: WordCleaning[] = [];
  for (const cleaning of text) {
    if (typeof cleaning === "string" || "sub" in cleaning) cleanings.push(cleaning);
    else cleanings.push({ drop: new Set(await wordsOf(cleaning.drop_words, files)) });
  }
  return ownPart(textCleaner(cleanings, columns?.length ?? 1), "text", columns);
}

async function wordsOf(words: string | readonly string[], files: ChainFiles): Promise<readonly string[]> {
  if (typeof words !== "string") return words;
  const list = namesIn(await files.value(words));
  if (list) return list;
  throw new ModelError("chain-text", `${words} is not a list of words`);
}

/** A part that the document describes, and no file contains. */
function ownPart(estimator: Estimator, shown: string, columns: readonly string[] | undefined): Part {
  const named = { kind: "estimator", keepsNames: true, format: "", libraries: {}, estimator, shown } as const;
  return columns ? { ...named, columns } : named;
}

/** A dict of category -> number as an encoder. Undefined for anything else. */
function dictEncoder(value: Value): Estimator | undefined {
  if (!(value instanceof Dict) || value.entries.size === 0) return undefined;
  const numbers = new Map<string, number>();
  for (const [category, item] of value.entries) {
    const number = numberIn(item);
    if (number === undefined || (typeof category === "object" && category !== null)) return undefined;
    numbers.set(String(category), number);
  }
  return mapEncoder(numbers);
}

/** A LabelEncoder encodes the labels of the target: it decodes predictions, and transforms no table. */
export function isLabelEncoder({ type }: Pick<Estimator, "type">): boolean {
  return type.endsWith(".LabelEncoder");
}

function shownPart(reference: string, type: string): string {
  return `${reference} (${type.split(".").at(-1)})`;
}

/** A dict such as {"encoder": OrdinalEncoder}: a LabelEncoder never transforms a table of all columns. */
function isOneTransformer({ entries }: Dict): boolean {
  return (
    entries.size === 1 &&
    [...entries.values()].every((item) => !(item instanceof Instance) || item.global.name !== "LabelEncoder")
  );
}

/** A dict whose values are all encoders of one column. */
export function isEncoders(value: Value): value is Dict {
  if (!(value instanceof Dict) || value.entries.size === 0) return false;
  return [...value.entries].every(
    ([key, item]) =>
      typeof key === "string" && item instanceof Instance && /^(Label|Ordinal|Target)Encoder$/.test(item.global.name),
  );
}

/** @throws ModelError "chain-each" where the object is not a dict of column name -> encoder */
export function readEncoders(value: Value, reference: string): ReadonlyMap<string, Estimator> {
  const dict = value instanceof Instance ? value.entries : value;
  if (!(dict instanceof Dict) || dict.entries.size === 0 || dict.entries.size > encodersMax)
    throw new ModelError("chain-each", `${reference} is not a dict of column names and encoders`);
  const encoders = new Map<string, Estimator>();
  for (const [column, encoder] of dict.entries) {
    if (typeof column !== "string")
      throw new ModelError(
        "chain-each",
        `${reference} is not a dict of column names and encoders: a key is not a string`,
      );
    const estimator =
      dictEncoder(encoder) ?? readEstimator(encoder, `the encoder of the column ${JSON.stringify(column)}`);
    if (!estimator.methods.has("transform"))
      throw new ModelError(
        "chain-no-transform",
        `${reference}: the encoder of ${JSON.stringify(column)}, a ${estimator.type}, does not transform`,
      );
    encoders.set(column, estimator);
  }
  return encoders;
}
