// CountVectorizer, TfidfVectorizer, TfidfTransformer.

import { CellError } from "../../core/cell-error.js";
import type { SparseTable, Table } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { columnOf, SparseRows, sparseOf, transformTo } from "../../estimator/tables.js";
import { Dict, Instance } from "../../pickle/values.js";
import { StepBudget } from "../../regex/pattern-matcher.js";
import { type Analyzer, readAnalyzer } from "./analyzer.js";
import { textInputs } from "./text-inputs.js";
import { idfLength, readWeighting } from "./tfidf.js";

const module = "sklearn.feature_extraction.text";

export const vectorizerClasses: readonly EstimatorClass[] = [
  { name: "CountVectorizer", module, paths: [module], read: (attributes) => readVectorizer(attributes) },
  { name: "TfidfVectorizer", module, paths: [module], read: readTfidfVectorizer },
  { name: "TfidfTransformer", module, paths: [module], read: readTfidfTransformer },
];

/** Terms of a vocabulary. */
const termsMax = 1 << 24;

function readVectorizer(
  attributes: EstimatorAttributes,
  weigh: (counts: SparseTable) => SparseTable = (counts) => counts,
): EstimatorDefinition {
  const analyze = readAnalyzer(attributes);
  const { columns, width } = readVocabulary(attributes);
  const binary = attributes.flag("binary");
  const transform = (table: Table): Table => weigh(countTerms(table, analyze, columns, width, binary));
  return {
    inputs: textInputs,
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: {
      terms: width,
      ...attributes.parameters(
        "analyzer",
        "lowercase",
        "strip_accents",
        "stop_words",
        "binary",
        "norm",
        "sublinear_tf",
      ),
    },
  };
}

function readTfidfVectorizer(attributes: EstimatorAttributes): EstimatorDefinition {
  const tfidf = attributes.get("_tfidf");
  if (!(tfidf instanceof Instance) || tfidf.global.name !== "TfidfTransformer")
    throw attributes.expected("a TfidfTransformer", ["_tfidf"], tfidf);
  const { width } = readVocabulary(attributes);
  return readVectorizer(attributes, readWeighting(new EstimatorAttributes(tfidf, `${module}.TfidfTransformer`), width));
}

function readTfidfTransformer(attributes: EstimatorAttributes): EstimatorDefinition {
  const count = idfLength(attributes) ?? attributes.number("n_features_in_");
  const weigh = readWeighting(attributes, count);
  return {
    inputs: numberInputs(attributes, count, false),
    methods: new Map([["transform", transformTo(count, (table) => weigh(sparseOf(table)))]]),
    parameters: attributes.parameters("norm", "use_idf", "smooth_idf", "sublinear_tf"),
  };
}

/** How often each term of the vocabulary is in each document, in the order of the columns. */
function countTerms(
  table: Table,
  analyze: Analyzer,
  columns: ReadonlyMap<string, number>,
  width: number,
  binary: boolean,
): SparseTable {
  const made = new SparseRows(width);
  const budget = new StepBudget();
  for (const [row, document] of columnOf(table, 0).entries()) {
    if (typeof document !== "string") {
      throw new CellError("input-not-a-string", row, 0, (where) => `Expected a string at ${where}`);
    }
    const counts = new Map<number, number>();
    for (const term of analyze(document, budget)) {
      const column = columns.get(term);
      if (column !== undefined) counts.set(column, binary ? 1 : (counts.get(column) ?? 0) + 1);
    }
    for (const [column, count] of [...counts].sort(([a], [b]) => a - b)) made.add(column, count);
    made.endRow();
  }
  return made.table();
}

/** `vocabulary_`: each term's column. */
function readVocabulary(attributes: EstimatorAttributes): { columns: ReadonlyMap<string, number>; width: number } {
  const vocabulary = attributes.get("vocabulary_");
  if (!(vocabulary instanceof Dict)) throw attributes.expected("a dict", ["vocabulary_"], vocabulary);
  const columns = new Map<string, number>();
  const { size } = vocabulary.entries;
  if (size === 0 || size > termsMax) throw attributes.inconsistent(`vocabulary_ has ${size} terms`);
  for (const [term, column] of vocabulary.entries) {
    if (
      typeof term !== "string" ||
      typeof column !== "number" ||
      !Number.isInteger(column) ||
      column < 0 ||
      column >= size
    )
      throw attributes.inconsistent("vocabulary_ is not a column for each term");
    columns.set(term, column);
  }
  return { columns, width: size };
}
