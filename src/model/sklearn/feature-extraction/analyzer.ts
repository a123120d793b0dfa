// From a document to its terms, as scikit-learn's text vectorizers do it.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { Global, PySet, Tuple, type Value } from "../../pickle/values.js";
import { type FindAll, matcherOf, StepBudget } from "../../regex/pattern-matcher.js";
import { PatternError, parsePattern, plainPatterns, pythonSpace } from "../../regex/python-pattern.js";
import { stripAccentsAscii, stripAccentsUnicode } from "./accents.js";
import { englishStopWords } from "./stop-words.js";

/** The terms of a document, in scikit-learn's order. `budget` is that of the whole request. */
export type Analyzer = (document: string, budget?: StepBudget) => readonly string[];

/** Words or characters of one term: longer ones make a vocabulary of whole documents. */
const ngramMax = 1_000;

const removeHint = "Only scikit-learn's built-in tokenization is supported. Remove the function and fit again.";

/**
 * @throws ModelError "estimator-unsupported" for a tokenizer or preprocessor of the training script, or a pattern of
 * Python alone
 */
export function readAnalyzer(attributes: EstimatorAttributes): Analyzer {
  for (const name of ["preprocessor", "tokenizer"]) {
    if (attributes.get(name) !== undefined) throw attributes.unsupported(`it calls a custom ${name}`, removeHint);
  }
  if (attributes.get("analyzer") instanceof Global)
    throw attributes.unsupported("it calls a custom analyzer", removeHint);
  const preprocess = readPreprocess(attributes);
  const [least, most] = readRange(attributes);
  switch (attributes.text("analyzer")) {
    case "word": {
      const tokenize = readTokenizer(attributes);
      const stops = readStopWords(attributes);
      return (document, budget = new StepBudget()) => {
        const tokens = tokenize(preprocess(document), budget);
        return wordNgrams(stops ? tokens.filter((token) => !stops.has(token)) : tokens, least, most);
      };
    }
    case "char":
      return (document) => charNgrams(preprocess(document), least, most);
    case "char_wb":
      return (document) => charNgramsInWords(preprocess(document), least, most);
    default:
      throw attributes.inconsistent(`analyzer is ${JSON.stringify(attributes.text("analyzer").slice(0, 40))}`);
  }
}

function readPreprocess(attributes: EstimatorAttributes): (document: string) => string {
  const lowercase = attributes.flag("lowercase");
  const accents = attributes.get("strip_accents");
  if (accents !== undefined && accents !== "ascii" && accents !== "unicode")
    throw attributes.unsupported("it strips accents with a custom function", removeHint);
  return (document) => {
    const text = lowercase ? document.toLowerCase() : document;
    if (accents === undefined) return text;
    return accents === "ascii" ? stripAccentsAscii(text) : stripAccentsUnicode(text);
  };
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
function readTokenizer(attributes: EstimatorAttributes): FindAll {
  const source = attributes.text("token_pattern");
  const plain = plainPatterns.get(source);
  if (plain) return (text) => text.match(plain) ?? [];
  try {
    return matcherOf(parsePattern(source));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw attributes.unsupported(
      `its token_pattern ${JSON.stringify(source.slice(0, 60))} is not supported: ${error.message}`,
      "Fit the vectorizer with a token_pattern without back-references and look-around.",
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
