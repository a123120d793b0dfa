// CountVectorizer, TfidfVectorizer, TfidfTransformer.

import type { SparseTable, Table } from "../../core/model.js";
import { ModelError } from "../../errors.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { columnOf, SparseRows, sparseOf, transformTo } from "../../estimator/tables.js";
import { Dict, Instance } from "../../pickle/values.js";
import { type Analyzer, readAnalyzer } from "./analyzer.js";
import { StepBudget } from "./pattern-matcher.js";
import { textInputs } from "./text-inputs.js";
import { idfLength, readWeighting } from "./tfidf.js";

const module = "sklearn.feature_extraction.text";

export const vectorizerClasses: readonly EstimatorClass[] = [
  { name: "CountVectorizer", module, paths: [module], read: (state) => readVectorizer(state) },
  { name: "TfidfVectorizer", module, paths: [module], read: readTfidfVectorizer },
  { name: "TfidfTransformer", module, paths: [module], read: readTfidfTransformer },
];

/** Terms of a vocabulary. */
const termsMax = 1 << 24;

function readVectorizer(
  state: EstimatorAttributes,
  weigh: (counts: SparseTable) => SparseTable = (counts) => counts,
): EstimatorDefinition {
  const analyze = readAnalyzer(state);
  const { columns, width } = readVocabulary(state);
  const binary = state.flag("binary");
  const transform = (table: Table): Table => weigh(countTerms(table, analyze, columns, width, binary));
  return {
    inputs: textInputs,
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: {
      terms: width,
      ...state.parameters("analyzer", "lowercase", "strip_accents", "stop_words", "binary", "norm", "sublinear_tf"),
    },
  };
}

function readTfidfVectorizer(state: EstimatorAttributes): EstimatorDefinition {
  const tfidf = state.get("_tfidf");
  if (!(tfidf instanceof Instance) || tfidf.global.name !== "TfidfTransformer")
    throw state.expected("a TfidfTransformer", ["_tfidf"], tfidf);
  const { width } = readVocabulary(state);
  return readVectorizer(state, readWeighting(new EstimatorAttributes(tfidf, `${module}.TfidfTransformer`), width));
}

function readTfidfTransformer(state: EstimatorAttributes): EstimatorDefinition {
  const count = idfLength(state) ?? state.number("n_features_in_");
  const weigh = readWeighting(state, count);
  return {
    inputs: numberInputs(state, count, false),
    methods: new Map([["transform", transformTo(count, (table) => weigh(sparseOf(table)))]]),
    parameters: state.parameters("norm", "use_idf", "smooth_idf", "sublinear_tf"),
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
      throw new ModelError("input-not-a-string", `Row ${row + 1} is not a string`, { place: { row: row + 1 } });
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
function readVocabulary(state: EstimatorAttributes): { columns: ReadonlyMap<string, number>; width: number } {
  const vocabulary = state.get("vocabulary_");
  if (!(vocabulary instanceof Dict)) throw state.expected("a dict", ["vocabulary_"], vocabulary);
  const columns = new Map<string, number>();
  const { size } = vocabulary.entries;
  if (size === 0 || size > termsMax) throw state.inconsistent(`vocabulary_ has ${size} terms`);
  for (const [term, column] of vocabulary.entries) {
    if (
      typeof term !== "string" ||
      typeof column !== "number" ||
      !Number.isInteger(column) ||
      column < 0 ||
      column >= size
    )
      throw state.inconsistent("vocabulary_ is not a column for each term");
    columns.set(term, column);
  }
  return { columns, width: size };
}
