// HashingEncoder: the categories of a row, counted by their hashes.

import { createHash } from "node:crypto";
import type { Scalar, Table } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { columnOf, tableOfColumns, transformTo } from "../estimator/tables.js";
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
  const transform = (input: Table): Table => {
    const counts = counted.map(() => new Float64Array(input.rows));
    for (const column of chosen) {
      for (const [row, cell] of columnOf(input, column).entries()) {
        counts[hashOf(method, pythonText(cell), components)]![row]!++;
      }
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

/** Python's str(). A missing value is NaN, as in a table that pandas reads from a file. */
function pythonText(cell: Scalar): string {
  if (cell === null || Number.isNaN(cell)) return "nan";
  if (typeof cell === "boolean") return cell ? "True" : "False";
  if (typeof cell !== "number") return String(cell);
  return pythonNumber(cell);
}

/** Python writes an exponent from 1e16 and below 1e-4; JavaScript from 1e21 and below 1e-6. */
function pythonNumber(number: number): string {
  const size = Math.abs(number);
  if (Number.isInteger(number) || (size >= 1e-4 && size < 1e16)) return String(number);
  const [digits, exponent] = number.toExponential().split("e") as [string, string];
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}
