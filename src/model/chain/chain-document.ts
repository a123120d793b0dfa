// What the `model` part of a spec file and the chain.json of an image say: which objects of which files are one model.

import { nearest } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { ufuncNames } from "../numpy/ufuncs.js";

/** References are "FILE" or "FILE::MEMBER": bundle.pkl::scaler, pair.pkl::0, bundle.pkl::models.rf. */
export interface ChainDocument {
  /** The order of the columns: their names, or a reference to a list of names. */
  readonly columns?: string | readonly string[];
  /** Column of the request -> prefix of its one-hot columns among `columns`, which pandas.get_dummies made. */
  readonly dummies?: Readonly<Record<string, string>>;
  /** Transformers first, the predictor last. */
  readonly steps: readonly (string | StepDocument | MapDocument)[];
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

export interface StepDocument {
  readonly file: string;
  /** The object is a dict of column name -> encoder. */
  readonly each?: boolean;
  /** The columns that the object transforms; the others pass. */
  readonly columns?: readonly string[];
}

/** Numbers of categories by column, as `df[column].map({"No": 0, "Yes": 1})` replaces them. */
export interface MapDocument {
  readonly map: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Steps and names of one document: a model of bag-of-words columns has thousands. */
const stepsMax = 100;
const namesMax = 100_000;

type Reader<T> = (value: unknown, path: string) => T;

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
    columns: (columns, at) => (typeof columns === "string" ? reference(columns, at) : names(columns, at)),
    dummies,
    decode: reference,
    threshold,
    inverse_func: inverseFunction,
    numbers_from_strings: boolean,
    ignore_extra: boolean,
  });
}

const steps: Reader<ChainDocument["steps"]> = (value, path) => {
  if (!Array.isArray(value) || value.length === 0) throw invalid(path, "a list of files", value);
  if (value.length > stepsMax) throw invalid(path, `at most ${stepsMax} steps`, value);
  return value.map((item, index) => step(item, `${path}[${index}]`));
};

const step: Reader<string | StepDocument | MapDocument> = (value, path) => {
  if (typeof value === "string") return reference(value, path);
  if (typeof value === "object" && value !== null && "map" in value) {
    return object<MapDocument>(value, path, { map: (maps, at) => mapping(maps, at, numbersByCategory) });
  }
  return object<StepDocument>(value, path, { file: reference, each: boolean, columns: names });
};

const numbersByCategory: Reader<Readonly<Record<string, number>>> = (value, path) =>
  mapping(value, path, (number, at) => {
    if (typeof number !== "number" || !Number.isFinite(number)) throw invalid(at, "a number", number);
    return number;
  });

/** A mapping with at least one key. */
function mapping<T>(value: unknown, path: string, read: Reader<T>): Readonly<Record<string, T>> {
  if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    throw invalid(path, "a mapping", value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]): [string, T] => [key, read(item, `${path}.${key}`)]),
  );
}

const reference: Reader<string> = (value, path) => {
  if (typeof value !== "string" || splitReference(value).file === "" || value.includes("\0"))
    throw invalid(path, "a file, or FILE::MEMBER", value);
  return value;
};

const names: Reader<readonly string[]> = (value, path) => {
  if (!Array.isArray(value) || value.length === 0 || value.length > namesMax)
    throw invalid(path, "a list of column names", value);
  const seen = new Set<string>();
  for (const name of value) {
    if (typeof name !== "string") throw invalid(path, "a list of strings", value);
    if (seen.has(name)) throw new ModelError("chain-invalid", `${path} has the column ${JSON.stringify(name)} twice`);
    seen.add(name);
  }
  return [...seen];
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

const threshold: Reader<number | string> = (value, path) => {
  if (typeof value === "string") return reference(value, path);
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) throw invalid(path, "a number from 0 to 1", value);
  return value;
};

const inverseFunction: Reader<string> = (value, path) => {
  if (typeof value === "string" && ufuncNames.includes(value)) return value;
  const suggestion = typeof value === "string" ? nearest(value, ufuncNames) : undefined;
  throw new ModelError("chain-invalid", `${path} is not a function of numpy that is supported`, {
    hint: suggestion === undefined ? `The functions are: ${ufuncNames.join(", ")}.` : `Did you mean "${suggestion}"?`,
  });
};

const boolean: Reader<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw invalid(path, "true or false", value);
  return value;
};

/** The first key is required. */
function object<T extends object>(
  value: unknown,
  path: string,
  readers: { readonly [Key in keyof T]-?: Reader<NonNullable<T[Key]>> },
): T {
  const known = Object.keys(readers);
  const [required = ""] = known;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(path, `a file or a mapping with the key "${required}"`, value);
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (!Object.hasOwn(readers, key)) throw unknownKey(`${path}.${key}`, key, known);
    const read: Reader<unknown> = readers[key as keyof T];
    if (item !== null && item !== undefined) entries.push([key, read(item, `${path}.${key}`)]);
  }
  if (!entries.some(([key]) => key === required))
    throw new ModelError("chain-invalid", `The key ${path}.${required} is missing`);
  // Every entry was read by the reader of its key, and the required one is there.
  return Object.fromEntries(entries) as T;
}

function unknownKey(path: string, key: string, known: readonly string[]): ModelError {
  const suggestion = nearest(key, known);
  return new ModelError("chain-invalid", `Unknown key ${path}`, {
    hint: suggestion === undefined ? `The keys are: ${known.join(", ")}.` : `Did you mean "${suggestion}"?`,
  });
}

function invalid(path: string, expected: string, value: unknown): ModelError {
  return new ModelError("chain-invalid", `Expected ${expected} as ${path}, found ${shown(value)}`);
}

/** A scalar as JSON; a list or mapping is only named, because it may be nested deeper than the stack. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

interface Reference {
  readonly file: string;
  /** Keys and indices, joined by dots. */
  readonly member?: string;
}

export function splitReference(text: string): Reference {
  const at = text.lastIndexOf("::");
  return at < 0 ? { file: text } : { file: text.slice(0, at), member: text.slice(at + 2) };
}

/** The files of all references, each once, in the order of first use: steps first. */
export function filesOf(chain: ChainDocument): readonly string[] {
  const { columns, decode, threshold } = chain;
  const references = [
    ...chain.steps.flatMap((item) => (typeof item === "string" ? item : "file" in item ? item.file : [])),
    ...[columns, decode, threshold].filter((value) => typeof value === "string"),
  ];
  return [...new Set(references.map((text) => splitReference(text).file))];
}

/** The same document with every file renamed. */
export function renameFiles(chain: ChainDocument, rename: (file: string) => string): ChainDocument {
  const renamed = (text: string) => {
    const { file, member } = splitReference(text);
    return member === undefined ? rename(file) : `${rename(file)}::${member}`;
  };
  const { columns, decode, threshold } = chain;
  return {
    ...chain,
    steps: chain.steps.map((item) => {
      if (typeof item === "string") return renamed(item);
      return "file" in item ? { ...item, file: renamed(item.file) } : item;
    }),
    ...(typeof columns === "string" && { columns: renamed(columns) }),
    ...(decode !== undefined && { decode: renamed(decode) }),
    ...(typeof threshold === "string" && { threshold: renamed(threshold) }),
  };
}

/** The file, if the document is one whole file and nothing else. */
export function plainFileOf({ steps: [only, ...others], ...settings }: ChainDocument): string | undefined {
  const isPlain = typeof only === "string" && others.length === 0 && Object.keys(settings).length === 0;
  return isPlain && splitReference(only).member === undefined ? only : undefined;
}
