import { matrixOf } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import { ModelError } from "../../errors.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { jsonInputs, readJsonRow } from "../../estimator/json-rows.js";
import { columnOf, SparseRows, transformTo } from "../../estimator/tables.js";
import { Dict } from "../../pickle/values.js";

export const dictVectorizerClass: EstimatorClass = {
  name: "DictVectorizer",
  paths: ["sklearn.feature_extraction._dict_vectorizer", "sklearn.feature_extraction.dict_vectorizer"],
  read: readDictVectorizer,
};

/**
 * A number is in its name's column; a string, or each of a list of strings, is 1 in the column "name=text". Others are
 * ignored.
 */
function readDictVectorizer(attributes: EstimatorAttributes): EstimatorDefinition {
  const vocabulary = attributes.get("vocabulary_");
  if (!(vocabulary instanceof Dict)) throw attributes.expected("a dict", ["vocabulary_"], vocabulary);
  const columns = new Map<string, number>();
  const width = vocabulary.entries.size;
  for (const [name, column] of vocabulary.entries) {
    if (typeof name !== "string" || typeof column !== "number" || !(column >= 0 && column < width))
      throw attributes.inconsistent("vocabulary_ is not a column for each name");
    columns.set(name, column);
  }
  const separator = attributes.text("separator");
  const sparse = attributes.flag("sparse");
  const transform = (table: Table): Table => {
    const made = new SparseRows(width);
    for (const [row, cell] of columnOf(table, 0).entries()) {
      const entries = new Map<number, number>();
      for (const [name, value] of namesOf(readJsonRow(cell, row), separator, row)) {
        const column = columns.get(name);
        if (column !== undefined) entries.set(column, (entries.get(column) ?? 0) + value);
      }
      for (const [column, value] of entries) made.add(column, value);
      made.endRow();
    }
    const vectors = made.table();
    return sparse ? vectors : { kind: "matrix", ...matrixOf(vectors) };
  };
  return {
    inputs: jsonInputs,
    keepsMissing: true,
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: { names: width, ...attributes.parameters("sort") },
  };
}

function namesOf(row: unknown, separator: string, index: number): readonly (readonly [string, number])[] {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    throw new ModelError("input-not-rows", `Row ${index + 1} is not an object of names and values`, {
      place: { row: index + 1 },
    });
  }
  return Object.entries(row).flatMap(([name, value]): readonly (readonly [string, number])[] => {
    if (typeof value === "string") return [[`${name}${separator}${value}`, 1]];
    if (typeof value === "number" || typeof value === "boolean") return [[name, Number(value)]];
    if (value === null) return [[name, Number.NaN]];
    if (Array.isArray(value) && value.every((item) => typeof item === "string"))
      return value.map((item) => [`${name}${separator}${item}`, 1]);
    throw new ModelError(
      "input-not-a-number",
      `Row ${index + 1} has no number, string or list of strings as ${JSON.stringify(name)}`,
      {
        place: { row: index + 1, column: name },
      },
    );
  });
}
