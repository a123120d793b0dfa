// Terms of documents, checked against scikit-learn 1.9.1 and Python 3.11: what each row expects is what they printed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../../test/support/project.js";
import { TepalError } from "../../../base/index.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import { Global, Instance, PySet, Tuple, type Value } from "../../pickle/values.js";
import { matcherOf, StepBudget } from "../../regex/pattern-matcher.js";
import { PatternError, parsePattern, plainPatterns } from "../../regex/python-pattern.js";
import { stripAccentsAscii, stripAccentsUnicode } from "./accents.js";
import { readAnalyzer } from "./analyzer.js";
import { murmurHash3 } from "./murmur-hash.js";

const defaults: Readonly<Record<string, Value>> = {
  analyzer: "word",
  lowercase: true,
  ngram_range: new Tuple([1, 1]),
  token_pattern: "(?u)\\b\\w\\w+\\b",
};

function vectorizer(changes: Readonly<Record<string, Value>>): EstimatorAttributes {
  const instance = new Instance(new Global("sklearn.feature_extraction.text", "CountVectorizer"));
  for (const [name, value] of Object.entries({ ...defaults, ...changes })) instance.attributes.set(name, value);
  return new EstimatorAttributes(instance, "sklearn.feature_extraction.text.CountVectorizer");
}

const pair = (least: number, most: number) => new Tuple([least, most]);

for (const [name, changes, document, terms] of [
  ["words of two letters or more", {}, "It's a DOG_1, naïve; x y 日本 42", ["it", "dog_1", "naïve", "日本", "42"]],
  ["words without the English stop words", { stop_words: "english" }, "The dog and a fox", ["dog", "fox"]],
  ["words without a list's", { stop_words: new PySet(["dog"]) }, "the dog", ["the"]],
  ["runs of words", { ngram_range: pair(1, 2) }, "one two three", ["one", "two", "three", "one two", "two three"]],
  ["runs longer than the document", { ngram_range: pair(3, 4) }, "one two", []],
  ["characters", { analyzer: "char", ngram_range: pair(2, 2) }, "a  bc\td", ["a ", " b", "bc", "c\t", "\td"]],
  ["characters in words", { analyzer: "char_wb", ngram_range: pair(3, 4) }, "ab c", [" ab", "ab ", " ab ", " c "]],
  ["the one group of a pattern", { token_pattern: "(\\w)\\w*" }, "Hello big World", ["h", "b", "w"]],
  ["a document without accents", { strip_accents: "unicode" }, "Crème BRÛLÉE", ["creme", "brulee"]],
] as const) {
  test(`an analyzer returns ${name}`, () => {
    assert.deepEqual(readAnalyzer(vectorizer(changes))(document), terms);
  });
}

for (const [name, changes, message] of [
  ["a tokenizer", { tokenizer: new Global("__main__", "tokenize") }, /calls a custom tokenizer/],
  ["an analyzer that is a function", { analyzer: new Global("__main__", "analyze") }, /calls a custom analyzer/],
  [
    "a pattern of Python alone",
    { token_pattern: "(?P<a>x)(?(a)y|z)" },
    /token_pattern .* is not supported: the group .* is not supported/,
  ],
  ["words of no length", { ngram_range: pair(0, 1) }, /ngram_range/],
  ["stop words that are numbers", { stop_words: [1, 2] }, /a list of words as stop_words/],
] as const) {
  test(`rejects a vectorizer with ${name}`, () => {
    assert.throws(
      () => readAnalyzer(vectorizer(changes as Readonly<Record<string, Value>>)),
      (error) => error instanceof TepalError && message.test(error.message),
    );
  });
}

const findAll = (pattern: string, text: string) => matcherOf(parsePattern(pattern))(text, new StepBudget());

test("patterns of Python find what Python finds", () => {
  for (const [pattern, text, found] of [
    ["(?u)\\b\\w+\\b", "été l'hiver ½ x²", ["été", "l", "hiver", "½", "x²"]],
    ["(?i)[a-f\\d]{2,}", "AB 12 z9 ٣٤", ["AB", "12", "٣٤"]],
    ["[^\\s]+", "a\u0085b\u001cc\ufeffd", ["a", "b", "c\ufeffd"]],
    ["[[x]+", "a[x]", ["[x"]],
    ["\\Bb", "ab b", ["b"]],
    ["a{,2}b{", "ab{", ["ab{"]],
    ["\\#\\w+|\\@\\w+", "#one @two three", ["#one", "@two"]],
  ] as const) {
    assert.deepEqual(findAll(pattern, text), found, pattern);
  }
});

test("finds what re.findall finds in every text of patterns.json, or rejects the pattern", () => {
  const path = projectPath("src/model/sklearn/feature-extraction/fixtures/patterns.json");
  const rows = JSON.parse(readFileSync(path, "utf8")) as [pattern: string, text: string, found: string[]][];
  let rejected = 0;
  for (const [pattern, text, found] of rows) {
    try {
      assert.deepEqual(findAll(pattern, text), found, `${pattern} in ${JSON.stringify(text)}`);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      assert.equal(error.message, "it repeats what can be empty", pattern);
      rejected++;
    }
    const plain = plainPatterns.get(pattern);
    if (plain) assert.deepEqual(text.match(plain) ?? [], found, pattern);
  }
  assert.ok(rejected < 0.05 * rows.length, `${rejected} of ${rows.length} rejected`);
});

for (const [pattern, reason] of [
  ["(a)\\1", "back-references"],
  ["(?P<a>x)(?P=a)", "the group"],
  ["a(?=b)", "look-around"],
  ["(?<!a)b", "look-around"],
  ["(?>a+)b", "the group"],
  ["a++b", "possessive"],
  ["(?x) a b", "the flags"],
  ["(a)(b)", "more than one group"],
  ["(?:a{1,1000}){1,1000}", "more than 5000 instructions"],
  ["(?:){1,1000000000}", "repeats what can be empty"],
  ["a{4000,999999999}", "more than 5000 instructions"],
  ["(".repeat(1_000), "groups within groups"],
  ["a".repeat(3_000), "more than 2000 characters"],
  ["[z-a]", "a range"],
  ["*a", "a repetition of nothing"],
] as const) {
  test(`rejects the pattern ${pattern.slice(0, 30)} with the estimator and the reason`, () => {
    assert.throws(() => readAnalyzer(vectorizer({ token_pattern: pattern })), {
      code: "estimator-unsupported",
      message: new RegExp(
        `^sklearn\\.feature_extraction\\.text\\.CountVectorizer: its token_pattern .* is not supported: .*${reason}`,
      ),
    });
  });
}

for (const pattern of ["(a+)+$", "(a|aa)+$", "(?:a?){30}a{30}", "([a-z]+)*x", "(?:.*?,){11}P"]) {
  test(`matches the hostile pattern ${pattern} in bounded steps, or rejects it`, () => {
    const document = `${"a".repeat(5_000)}!`;
    try {
      findAll(pattern, document);
    } catch (error) {
      assert.ok(
        error instanceof PatternError || (error instanceof TepalError && error.code === "input-pattern-limit"),
        String(error),
      );
    }
  });
}

test("a request that takes too many steps is rejected, however many documents it has", () => {
  const find = matcherOf(parsePattern("a(?:[^b]*b)?"));
  const budget = new StepBudget();

  assert.throws(
    () => {
      for (;;) find("a".repeat(2_000), budget);
    },
    { code: "input-pattern-limit" },
  );
});

test("strips accents as unicodedata.combining defines them, and keeps marks of class 0", () => {
  assert.equal(stripAccentsUnicode("Ångström ﬁ ½ \u0301 \u0345 \u0334"), "Angstrom fi 1\u20442   ");
  // Devanagari's vowel signs are marks without a combining class; its virama has one.
  assert.equal(stripAccentsUnicode("\u0915\u093f\u094d"), "\u0915\u093f");
  assert.equal(stripAccentsAscii("Ångström ½ ß"), "Angstrom 12 ");
});

test("hashes are MurmurHash3's of the text in UTF-8", () => {
  // sklearn.utils.murmurhash3_32(text, 0)
  for (const [text, hash] of [
    ["", 0],
    ["a", 1009084850],
    ["ab", -1681926305],
    ["abc", -1277324294],
    ["abcd", 1139631978],
    ["hello world", 1586663183],
    ["été", 865297935],
    ["日本語", -1515949417],
  ] as const)
    assert.equal(murmurHash3(text), hash, text);
});
