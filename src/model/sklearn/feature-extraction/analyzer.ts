// From a document to its terms, as scikit-learn's text vectorizers do it.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { Global, PySet, Tuple, type Value } from "../../pickle/values.js";
import { matcherOf, StepBudget } from "../../regex/pattern-matcher.js";
import { PatternError, parsePattern, plainPatterns, pythonSpace } from "../../regex/python-pattern.js";
import { stripAccentsAscii, stripAccentsUnicode } from "./accents.js";
import { englishStopWords } from "./stop-words.js";
import { type StringFunction, stringFunctionOf } from "./string-functions.js";

/** The terms of a document, in scikit-learn's order. `budget` is that of the whole request. */
export type Analyzer = (document: string, budget?: StepBudget) => readonly string[];

/** Words or characters of one term: longer ones make a vocabulary of whole documents. */
const ngramMax = 1_000;

const patternHint = "Fit the vectorizer with a token_pattern without back-references and look-around.";

const removeHint =
  "Supported are scikit-learn's own tokenization, methods of str such as str.split and str.lower, list, and re.compile(...).findall. Remove the function and fit again.";

/**
 * @throws ModelError "estimator-unsupported" for a tokenizer or preprocessor of the training script, or a pattern of
 * Python alone
 */
export function readAnalyzer(attributes: EstimatorAttributes): Analyzer {
  const analyzer = attributes.get("analyzer");
  if (typeof analyzer !== "string") {
    // It replaces all steps: no other parameter counts.
    const analyze = readFunction(attributes, "analyzer");
    return (document, budget = new StepBudget()) => Array.from(analyze(document, budget));
  }
  const preprocess = readPreprocess(attributes);
  const [least, most] = readRange(attributes);
  switch (analyzer) {
    case "word": {
      const tokenize = readTokenizer(attributes);
      const stops = readStopWords(attributes);
      return (document, budget = new StepBudget()) => {
        const tokens = tokenize(preprocess(document, budget), budget);
        return wordNgrams(stops ? tokens.filter((token) => !stops.has(token)) : tokens, least, most);
      };
    }
    case "char":
      return (document, budget = new StepBudget()) => charNgrams(preprocess(document, budget), least, most);
    case "char_wb":
      return (document, budget = new StepBudget()) => charNgramsInWords(preprocess(document, budget), least, most);
    default:
      throw attributes.inconsistent(`analyzer is ${JSON.stringify(analyzer.slice(0, 40))}`);
  }
}

/** A function of Python that a parameter names. @throws ModelError "estimator-unsupported" */
function readFunction(attributes: EstimatorAttributes, parameter: string): StringFunction {
  const value = attributes.get(parameter);
  try {
    const found = stringFunctionOf(value);
    if (found) return found;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw attributes.unsupported(`the pattern of its ${parameter} is not supported: ${error.message}`, patternHint);
  }
  const name = value instanceof Global ? ` (${value.module}.${value.name})` : "";
  throw attributes.unsupported(`it calls a custom ${parameter}${name}`, removeHint);
}

/** A function that returns a string. */
function readTextFunction(
  attributes: EstimatorAttributes,
  parameter: string,
): (document: string, budget: StepBudget) => string {
  const change = readFunction(attributes, parameter);
  const result = (document: string, budget: StepBudget): string => {
    const text = change(document, budget);
    if (typeof text !== "string") throw attributes.inconsistent(`its ${parameter} returns a list, not a string`);
    return text;
  };
  result("", new StepBudget());
  return result;
}

function readPreprocess(attributes: EstimatorAttributes): (document: string, budget: StepBudget) => string {
  if (attributes.get("preprocessor") !== undefined) return readTextFunction(attributes, "preprocessor");
  const lowercase = attributes.flag("lowercase");
  const strip = readStripAccents(attributes);
  return (document, budget) => strip(lowercase ? document.toLowerCase() : document, budget);
}

function readStripAccents(attributes: EstimatorAttributes): (text: string, budget: StepBudget) => string {
  const accents = attributes.get("strip_accents");
  if (accents === undefined) return (text) => text;
  if (accents === "ascii") return stripAccentsAscii;
  return accents === "unicode" ? stripAccentsUnicode : readTextFunction(attributes, "strip_accents");
}

function readRange(attributes: EstimatorAttributes): readonly [number, number] {
  const range = attributes.get("ngram_range");
  const [least, most] = range instanceof Tuple ? range.items : Array.isArray(range) ? range : [];
  if (typeof least !== "number" || typeof most !== "number" || !(least >= 1 && most <= ngramMax))
    throw attributes.inconsistent(`ngram_range is not two numbers from 1 to ${ngramMax}`);
  return [least, most];
}

/**
 * The whole matches, or the one group of a pattern that has one. The file's pattern never runs on an engine that
 * backtracks.
 */
function readTokenizer(attributes: EstimatorAttributes): (text: string, budget: StepBudget) => readonly string[] {
  if (attributes.get("tokenizer") !== undefined) {
    const tokenize = readFunction(attributes, "tokenizer");
    return (text, budget) => Array.from(tokenize(text, budget));
  }
  const source = attributes.text("token_pattern");
  const plain = plainPatterns.get(source);
  if (plain) return (text) => text.match(plain) ?? [];
  try {
    return matcherOf(parsePattern(source));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw attributes.unsupported(
      `its token_pattern ${JSON.stringify(source.slice(0, 60))} is not supported: ${error.message}`,
      patternHint,
    );
  }
}

function readStopWords(attributes: EstimatorAttributes): ReadonlySet<string> | undefined {
  const words = attributes.get("stop_words");
  if (words === undefined) return undefined;
  if (words === "english") return englishStopWords;
  const items: readonly Value[] | undefined =
    words instanceof PySet || words instanceof Tuple ? words.items : Array.isArray(words) ? words : undefined;
  if (!items?.every((item) => typeof item === "string"))
    throw attributes.expected("a list of words", ["stop_words"], words);
  return new Set(items);
}

function wordNgrams(tokens: readonly string[], least: number, most: number): readonly string[] {
  if (most === 1) return tokens;
  const terms: string[] = least === 1 ? [...tokens] : [];
  for (let size = Math.max(least, 2); size <= Math.min(most, tokens.length); size++) {
    for (let at = 0; at + size <= tokens.length; at++) terms.push(tokens.slice(at, at + size).join(" "));
  }
  return terms;
}

/** Runs of two or more spaces become one; a single tab or line break stays. */
function collapseSpaces(text: string): string {
  return text.replace(pythonSpace, (run) => (run.length > 1 ? " " : run));
}

function charNgrams(text: string, least: number, most: number): readonly string[] {
  const characters = Array.from(collapseSpaces(text));
  const terms: string[] = [];
  for (let size = least; size <= Math.min(most, characters.length); size++) {
    for (let at = 0; at + size <= characters.length; at++) terms.push(characters.slice(at, at + size).join(""));
  }
  return terms;
}

/** Inside words, each with a space before and after. A word shorter than a term counts once, unchanged. */
function charNgramsInWords(text: string, least: number, most: number): readonly string[] {
  const terms: string[] = [];
  for (const word of text.split(pythonSpace)) {
    if (word === "") continue;
    const characters = [" ", ...word, " "];
    for (let size = least; size <= most; size++) {
      if (characters.length <= size) {
        terms.push(characters.join(""));
        break;
      }
      for (let at = 0; at + size <= characters.length; at++) terms.push(characters.slice(at, at + size).join(""));
    }
  }
  return terms;
}
