// What the `model` part of a spec file and the chain.json of an image say: which objects of which files are one model.

import type { Scalar } from "../core/model.js";
import { boolean, invalid, mapping, namesOrReference, object, type Reader, reference } from "./document-readers.js";
import { splitReference } from "./reference.js";
import { type AnyStep, type Cleaning, functionName, step } from "./step-document.js";

/** References are "FILE" or "FILE::MEMBER": bundle.pkl::scaler, pair.pkl::0, bundle.pkl::models.rf. */
export interface ChainDocument {
  /** The order of the columns: their names, or a reference to a list of names. */
  readonly columns?: string | readonly string[];
  /** Column of the request -> prefix of its one-hot columns among `columns`, which pandas.get_dummies made. */
  readonly dummies?: Readonly<Record<string, string>>;
  /** Column -> the value that it has in every row. Requests do not have these columns. */
  readonly constants?: Readonly<Record<string, Constant>>;
  /** Transformers first, the predictor last. */
  readonly steps: readonly AnyStep[];
  /** Reference to a LabelEncoder, or to a dict or list of labels by number: applied to the predictions. */
  readonly decode?: string;
  /** predict returns the second class where its probability is at least this: a number, or a reference to one. */
  readonly threshold?: number | string;
  /** A function of numpy that is applied to the predictions: for a target that was transformed before training. */
  readonly inverse_func?: string;
  /** Accept numbers that are sent as strings. */
  readonly numbers_from_strings?: boolean;
  /** Ignore keys of a row that are not columns of the model. */
  readonly ignore_extra?: boolean;
}

type Constant = Exclude<Scalar, bigint | null>;

/** Steps of one document. */
const stepsMax = 100;

/**
 * Validates a parsed YAML or JSON value. A string is one step, a list is the steps.
 * @param path of the value in its document, for messages
 * @throws ModelError "chain-invalid" with the path of the key
 */
export function parseChain(value: unknown, path = "model"): ChainDocument {
  if (typeof value === "string") return { steps: [reference(value, path)] };
  if (Array.isArray(value)) return { steps: steps(value, path) };
  return object<ChainDocument>(value, path, {
    steps,
    columns: namesOrReference,
    dummies,
    constants: (constants, at) => mapping(constants, at, constant),
    decode: reference,
    threshold,
    inverse_func: functionName,
    numbers_from_strings: boolean,
    ignore_extra: boolean,
  });
}

const steps: Reader<ChainDocument["steps"]> = (value, path) => {
  if (!Array.isArray(value) || value.length === 0) throw invalid(path, "a list of files", value);
  if (value.length > stepsMax) throw invalid(path, `at most ${stepsMax} steps`, value);
  return value.map((item, index) => step(item, `${path}[${index}]`));
};

const dummies: Reader<Readonly<Record<string, string>>> = (value, path) => {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(path, 'a mapping of columns to prefixes, such as {city: "city_"}', value);
  const entries = Object.entries(value).map(([column, prefix]: [string, unknown]): [string, string] => {
    if (typeof prefix !== "string" || prefix === "") throw invalid(`${path}.${column}`, "a prefix", prefix);
    return [column, prefix];
  });
  if (entries.length === 0) throw invalid(path, "a mapping of columns to prefixes", value);
  return Object.fromEntries(entries);
};

const constant: Reader<Constant> = (value, path) => {
  if (typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return value as Constant;
  throw invalid(path, "a number, a string, true or false", value);
};

const threshold: Reader<number | string> = (value, path) => {
  if (typeof value === "string") return reference(value, path);
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) throw invalid(path, "a number from 0 to 1", value);
  return value;
};

/** The files of all references, each once, in the order of first use: steps first. */
export function filesOf(chain: ChainDocument): readonly string[] {
  const files = new Set<string>();
  mapReferences(chain, (text) => {
    files.add(splitReference(text).file);
    return text;
  });
  return [...files];
}

/** The same document with every file renamed. */
export function renameFiles(chain: ChainDocument, rename: (file: string) => string): ChainDocument {
  return mapReferences(chain, (text) => {
    const { file, member } = splitReference(text);
    return member === undefined ? rename(file) : `${rename(file)}::${member}`;
  });
}

/** The same document with other references. `change` is called for those of the steps first. */
function mapReferences(chain: ChainDocument, change: (reference: string) => string): ChainDocument {
  const steps = chain.steps.map((item) => mapStep(item, change));
  const { columns, decode, threshold } = chain;
  return {
    ...chain,
    steps,
    ...(typeof columns === "string" && { columns: change(columns) }),
    ...(decode !== undefined && { decode: change(decode) }),
    ...(typeof threshold === "string" && { threshold: change(threshold) }),
  };
}

function mapStep(item: AnyStep, change: (reference: string) => string): AnyStep {
  if (typeof item === "string") return change(item);
  const changed = "file" in item ? { ...item, file: change(item.file) } : item;
  const cleaned =
    "text" in changed ? { ...changed, text: changed.text.map((each) => mapCleaning(each, change)) } : changed;
  return "columns" in cleaned && typeof cleaned.columns === "string"
    ? { ...cleaned, columns: change(cleaned.columns) }
    : cleaned;
}

function mapCleaning(cleaning: Cleaning, change: (reference: string) => string): Cleaning {
  const hasFile = typeof cleaning === "object" && "drop_words" in cleaning && typeof cleaning.drop_words === "string";
  return hasFile ? { drop_words: change(cleaning.drop_words) } : cleaning;
}

/** The file, if the document is one whole file and nothing else. */
export function plainFileOf({ steps: [only, ...others], ...settings }: ChainDocument): string | undefined {
  const isPlain = typeof only === "string" && others.length === 0 && Object.keys(settings).length === 0;
  return isPlain && splitReference(only).member === undefined ? only : undefined;
}
