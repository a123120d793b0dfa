// HashingVectorizer and FeatureHasher: a column for each name, by its hash.

import type { SparseTable, Table } from "../../core/model.js";
import { ModelError } from "../../errors.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { textInputs } from "../../estimator/inputs.js";
import { jsonInputs, readJsonRow } from "../../estimator/json-rows.js";
import { normalizeRows, readNorm } from "../../estimator/norms.js";
import { columnOf, SparseRows, transformTo } from "../../estimator/tables.js";
import { StepBudget } from "../../regex/pattern-matcher.js";
import { readAnalyzer } from "./analyzer.js";
import { murmurHash3 } from "./murmur-hash.js";

export const hashingClasses: readonly EstimatorClass[] = [
  {
    name: "HashingVectorizer",
    module: "sklearn.feature_extraction.text",
    paths: ["sklearn.feature_extraction.text"],
    read: readHashingVectorizer,
  },
  {
    name: "FeatureHasher",
    paths: ["sklearn.feature_extraction._hash", "sklearn.feature_extraction.hashing"],
    read: readFeatureHasher,
  },
];

/** scikit-learn's own default is 2^20. */
const columnsMax = 1 << 24;

/** A name and what is added to its column. */
type Pair = readonly [name: string, value: number];

function readHashingVectorizer(attributes: EstimatorAttributes): EstimatorDefinition {
  const analyze = readAnalyzer(attributes);
  const norm = readNorm(attributes);
  const binary = attributes.flag("binary");
  const hash = readHash(attributes);
  const transform = (table: Table): Table => {
    const texts = columnOf(table, 0);
    const budget = new StepBudget();
    const hashed = hash(texts.map((text) => analyze(String(text), budget).map((term): Pair => [term, 1])));
    const counted = binary ? { ...hashed, data: hashed.data.fill(1) } : hashed;
    return norm ? normalizeRows(counted, norm) : counted;
  };
  return {
    inputs: textInputs,
    methods: new Map([["transform", transformTo(attributes.number("n_features"), transform)]]),
    parameters: attributes.parameters("n_features", "analyzer", "lowercase", "stop_words", "binary", "norm"),
  };
}

function readFeatureHasher(attributes: EstimatorAttributes): EstimatorDefinition {
  const hash = readHash(attributes);
  const kind = attributes.text("input_type");
  const transform = (table: Table): Table =>
    hash(columnOf(table, 0).map((cell, row) => pairsOf(readJsonRow(cell, row), kind, row)));
  return {
    inputs: jsonInputs,
    methods: new Map([["transform", transformTo(attributes.number("n_features"), transform)]]),
    parameters: attributes.parameters("n_features", "input_type", "alternate_sign"),
  };
}

/** The sums of the names' values, by column, in the order of the columns. */
function readHash(attributes: EstimatorAttributes): (rows: readonly (readonly Pair[])[]) => SparseTable {
  const columns = attributes.number("n_features");
  if (!Number.isInteger(columns) || columns < 1 || columns > columnsMax)
    throw attributes.inconsistent(`n_features is ${columns}; the maximum is ${columnsMax}`);
  const signed = attributes.get("alternate_sign") !== false;
  const absolute = attributes.flag("non_negative");
  return (rows) => {
    const made = new SparseRows(columns);
    for (const pairs of rows) {
      const sums = new Map<number, number>();
      for (const [name, value] of pairs) {
        if (value === 0) continue;
        const hash = murmurHash3(name);
        // |-2^31| has no 32 bits: scikit-learn's own way round it.
        const column = hash === -2147483648 ? (2147483647 - (columns - 1)) % columns : Math.abs(hash) % columns;
        sums.set(column, (sums.get(column) ?? 0) + (signed && hash < 0 ? -value : value));
      }
      for (const [column, sum] of [...sums].sort(([a], [b]) => a - b)) made.add(column, absolute ? Math.abs(sum) : sum);
      made.endRow();
    }
    return made.table();
  };
}

/** `input_type`: dict {name: value}, pair [[name, value]], string [name]. A string value becomes part of the name. */
function pairsOf(row: unknown, kind: string, index: number): readonly Pair[] {
  const entries: readonly unknown[] =
    kind === "dict" && typeof row === "object" && row !== null && !Array.isArray(row)
      ? Object.entries(row)
      : [row].flat();
  return entries.map((entry): Pair => {
    const [name, value] = kind === "string" ? [entry, 1] : Array.isArray(entry) ? entry : [];
    if (typeof name === "string" && typeof value === "string") return [`${name}=${value}`, 1];
    if (typeof name === "string" && (typeof value === "number" || typeof value === "boolean"))
      return [name, Number(value)];
    throw new ModelError("input-not-a-number", `Row ${index + 1} is not of names and numbers (input_type ${kind})`, {
      place: { row: index + 1 },
    });
  });
}
