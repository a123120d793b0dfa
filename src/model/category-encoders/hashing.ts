// HashingEncoder: the categories of a row, counted by their hashes.

import { createHash } from "node:crypto";
import type { Scalar, Table } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { columnOf, tableOfColumns, transformTo } from "../estimator/tables.js";
import { DType } from "../numpy/dtype.js";
import { inputsOf } from "./column-encoders.js";
import { encodedColumns, readTableColumns } from "./table-columns.js";

export const hashingEncoderClass: EstimatorClass = {
  name: "HashingEncoder",
  module: "category_encoders.hashing",
  paths: ["category_encoders.hashing"],
  read: readHashingEncoder,
};

/** hashlib's names that Node.js has too. */
const methods: ReadonlySet<string> = new Set(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]);

/** Columns of counts. Eight are the default. */
const componentsMax = 1 << 16;

function readHashingEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const method = attributes.text("hash_method");
  if (!methods.has(method)) throw attributes.unsupported(`the hash method ${method} is not supported`);
  const components = attributes.number("n_components");
  if (!Number.isInteger(components) || components < 1 || components > componentsMax)
    throw attributes.inconsistent(`it has ${components} components`);
  const counted = Array.from({ length: components }, (_, index) => `col_${index}`);
  const hashed = encodedColumns(attributes);
  const table = readTableColumns(attributes);
  const kept = [...counted.keys()].filter((index) => !table.dropped.has(counted[index]!));
  const passed = [...table.names.keys()].filter((column) => !hashed.includes(table.names[column]!));
  const chosen = hashed.map((column) => table.names.indexOf(column));
  const floats = floatColumns(attributes);
  const transform = (input: Table): Table => {
    const counts = counted.map(() => new Float64Array(input.rows));
    for (const texts of pythonTexts(
      chosen.map((column) => columnOf(input, column)),
      chosen.map((column) => floats.has(column)),
    )) {
      for (const [row, text] of texts.entries()) counts[hashOf(method, text, components)]![row]!++;
    }
    return tableOfColumns(
      [...kept.map((index) => counts[index]!), ...passed.map((column) => columnOf(input, column))],
      input.rows,
    );
  };
  return {
    inputs: inputsOf(attributes, table, new Map(chosen.map((column) => [column, { categories: [] }]))),
    unchanged: new Map(passed.map((column, index) => [kept.length + index, column])),
    methods: new Map([["transform", transformTo(kept.length + passed.length, transform)]]),
    parameters: attributes.parameters("n_components", "hash_method"),
  };
}

/** The digest as one big-endian number, modulo `components`. */
function hashOf(method: string, text: string, components: number): number {
  let remainder = 0;
  for (const byte of createHash(method).update(text).digest()) remainder = (remainder * 256 + byte) % components;
  return remainder;
}

/** The columns that were floats in training. Not recorded before 2.9. */
function floatColumns(attributes: EstimatorAttributes): ReadonlySet<number> {
  const types = attributes.get("feature_dtypes_in_");
  const columns = Array.isArray(types) ? types : [];
  return new Set(columns.flatMap((type, column) => (type instanceof DType && type.letter === "f" ? [column] : [])));
}

/**
 * Python's str() of each cell. A column of numbers is of integers or of floats, as pandas makes it of a request's rows;
 * and where all columns are numbers, one of floats makes floats of all of them.
 * @param trainedAsFloats for each column
 */
function pythonTexts(
  columns: readonly (readonly Scalar[])[],
  trainedAsFloats: readonly boolean[],
): readonly (readonly string[])[] {
  const isNumeric = columns.map((cells) => cells.every((cell) => cell === null || typeof cell === "number"));
  const isFloat = columns.map(
    (cells, index) => isNumeric[index] && (trainedAsFloats[index] || !cells.every(Number.isInteger)),
  );
  const floatsOnly = isNumeric.every(Boolean) && isFloat.some(Boolean);
  return columns.map((cells, index) => cells.map((cell) => pythonText(cell, floatsOnly || isFloat[index] === true)));
}

/** A missing value is NaN, as in a table that pandas reads from a file. */
function pythonText(cell: Scalar, isFloat: boolean): string {
  if (cell === null || Number.isNaN(cell)) return "nan";
  if (typeof cell === "boolean") return cell ? "True" : "False";
  if (typeof cell !== "number") return String(cell);
  return isFloat ? pythonFloat(cell) : String(cell);
}

/** Python writes an exponent from 1e16 and below 1e-4; JavaScript from 1e21 and below 1e-6. */
function pythonFloat(number: number): string {
  const size = Math.abs(number);
  if (size === 0) return Object.is(number, -0) ? "-0.0" : "0.0";
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(number) ? `${number}.0` : String(number);
  const [digits, exponent] = number.toExponential().split("e") as [string, string];
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}
