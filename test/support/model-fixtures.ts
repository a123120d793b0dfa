// Model fixtures: files that other programs wrote, each beside a JSON file of inputs and that program's outputs.

import { readdirSync, readFileSync } from "node:fs";
import { readTable, type Scalar, type Signature, type Table } from "../../src/model/index.js";
import { projectPath } from "./project.js";

/** One case of src/model/sklearn/fixtures. */
export interface SklearnFixture {
  readonly name: string;
  /** scikit-learn's version. */
  readonly sklearn: string;
  readonly files: readonly { readonly file: string }[];
  readonly input: FixtureInput;
  readonly outputs: Readonly<Record<string, FixtureOutput>>;
}

export type FixtureInput =
  | {
      readonly kind?: "array";
      readonly dtype?: string;
      readonly shape: readonly number[];
      readonly data: readonly (number | string)[];
    }
  | { readonly kind?: "table"; readonly columns: readonly string[]; readonly rows: readonly (readonly Scalar[])[] }
  | { readonly kind: "labels"; readonly data: readonly Scalar[] }
  /** Rows as in a request. */
  | { readonly kind: "values"; readonly values: readonly unknown[] };

/** An array, or the list of arrays that Python returns for several labels. */
export type FixtureOutput = FixtureArray | { readonly list: readonly FixtureArray[] };

export interface FixtureArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly (number | string | boolean)[];
}

const root = projectPath("src/model/sklearn/fixtures");

/** The versions of scikit-learn that wrote the fixtures. */
export const fixtureVersions: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export function sklearnFixtures(version: string): readonly SklearnFixture[] {
  return readdirSync(`${root}/${version}`)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(`${root}/${version}/${name}`, "utf8")) as SklearnFixture);
}

export function sklearnFixtureFile(version: string, file: string): Uint8Array {
  return readFileSync(`${root}/${version}/${file}`);
}

/** A fixture's input as a table: a frame if it has columns of labels or strings. */
export function fixtureTable(input: FixtureInput, signature: Signature): Table {
  if (input.kind === "values") return readTable(input.values, signature);
  if (input.kind === "labels") return { kind: "frame", rows: input.data.length, columns: [input.data] };
  if ("rows" in input) return tableOf(input.rows);
  const [rows, columns] = input.shape;
  const data = Float64Array.from(input.data, numberOf);
  return { kind: "matrix", rows: rows!, columns: columns!, data, single: input.dtype === "<f4" };
}

/** Rows of numbers as a matrix, any others as a frame. */
export function tableOf(rows: readonly (readonly Scalar[])[]): Table {
  const width = rows[0]!.length;
  if (rows.flat().every((value) => typeof value === "number")) {
    return { kind: "matrix", rows: rows.length, columns: width, data: Float64Array.from(rows.flat(), Number) };
  }
  return {
    kind: "frame",
    rows: rows.length,
    columns: Array.from({ length: width }, (_, column) => rows.map((row) => row[column]!)),
  };
}

/** Numbers of fixtures: JSON has no NaN and no infinities. */
export function numberOf(value: number | string | boolean): number {
  return Number(value);
}
