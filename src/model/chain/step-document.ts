// What a step of a chain document says: an object of a file, or what the user's code does with columns.

import { suggestion } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { ufuncNames } from "../numpy/ufuncs.js";
import { boolean, invalid, mapping, namesOrReference, object, type Reader, reference } from "./document-readers.js";

export interface StepDocument {
  readonly file: string;
  /** The object is a dict of column name -> encoder. */
  readonly each?: boolean;
  /** The columns that the object transforms, or a reference to a list of them; the others pass. */
  readonly columns?: string | readonly string[];
}

/** A function of numpy for columns of numbers: `df[columns] = np.log1p(df[columns])`. */
interface FunctionDocument {
  readonly func: string;
  /** Default: all columns. */
  readonly columns?: string | readonly string[];
}

/** What the code does to a string before a vectorizer. Each cleaning is one expression of Python (docs/chains.md). */
export interface TextDocument {
  readonly text: readonly Cleaning[];
  /** Default: the one column of the table. */
  readonly columns?: string | readonly string[];
}

export type Cleaning =
  | "lower"
  | "strip"
  /** re.sub(pattern, replacement, text) */
  | { readonly sub: readonly [pattern: string, replacement: string] }
  /** " ".join(word for word in text.split() if word not in words): the words, or a reference to a list of them. */
  | { readonly drop_words: string | readonly string[] };

/** Numbers of categories by column, as `df[column].map({"No": 0, "Yes": 1})` replaces them. */
export interface MapDocument {
  readonly map: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export type AnyStep = string | StepDocument | MapDocument | FunctionDocument | TextDocument;

/** Cleanings of one step, and characters of a replacement. */
const cleaningsMax = 50;
const replacementMax = 1_000;

export const step: Reader<AnyStep> = (value, path) => {
  if (typeof value === "string") return reference(value, path);
  if (has(value, "map")) {
    return object<MapDocument>(value, path, { map: (maps, at) => mapping(maps, at, numbersByCategory) });
  }
  if (has(value, "func"))
    return object<FunctionDocument>(value, path, { func: functionName, columns: namesOrReference });
  if (has(value, "text")) return object<TextDocument>(value, path, { text: cleanings, columns: namesOrReference });
  return object<StepDocument>(value, path, { file: reference, each: boolean, columns: namesOrReference });
};

function has(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

/** The name of a function of numpy. */
export const functionName: Reader<string> = (value, path) => {
  if (typeof value === "string" && ufuncNames.includes(value)) return value;
  const listed = `The functions are: ${ufuncNames.join(", ")}.`;
  const hint = typeof value === "string" ? suggestion(value, ufuncNames, listed) : listed;
  throw new ModelError("chain-invalid", `${path} is not a function of numpy that is supported`, { hint });
};

const cleanings: Reader<readonly Cleaning[]> = (value, path) => {
  if (!Array.isArray(value) || value.length === 0 || value.length > cleaningsMax)
    throw invalid(
      path,
      "a list of cleanings: lower, strip, {sub: [PATTERN, REPLACEMENT]}, {drop_words: [WORD]}",
      value,
    );
  return value.map((item, index) => cleaning(item, `${path}[${index}]`));
};

const cleaning: Reader<Cleaning> = (value, path) => {
  if (value === "lower" || value === "strip") return value;
  if (has(value, "sub")) return object<{ sub: readonly [string, string] }>(value, path, { sub: substitution });
  if (has(value, "drop_words")) {
    return object<{ drop_words: string | readonly string[] }>(value, path, {
      drop_words: namesOrReference,
    });
  }
  throw invalid(path, "lower, strip, {sub: [PATTERN, REPLACEMENT]} or {drop_words: [WORD]}", value);
};

/** The replacement is a plain string: a backslash would refer to a group in Python. */
const substitution: Reader<readonly [string, string]> = (value, path) => {
  const [pattern, replacement, ...others]: readonly unknown[] = Array.isArray(value) ? value : [];
  if (typeof pattern !== "string" || typeof replacement !== "string" || others.length > 0)
    throw invalid(path, "[PATTERN, REPLACEMENT], two strings", value);
  if (replacement.includes("\\") || replacement.length > replacementMax)
    throw invalid(`${path}[1]`, "a replacement without backslashes", replacement);
  return [pattern, replacement];
};

const numbersByCategory: Reader<Readonly<Record<string, number>>> = (value, path) =>
  mapping(value, path, (number, at) => {
    if (typeof number !== "number" || !Number.isFinite(number)) throw invalid(at, "a number", number);
    return number;
  });
