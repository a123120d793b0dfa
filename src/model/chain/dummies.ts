// Columns that pandas.get_dummies made in training: city_Oslo and city_Rome instead of city. A request has the column
// itself, and its one-hot columns are rebuilt from their names.

import type { Feature, Scalar, Table } from "../core/model.js";
import { ModelError } from "../errors.js";
import type { Estimator } from "../estimator/estimator.js";
import { columnOf, transformTo } from "../estimator/tables.js";

/** A column after the step: one of the request, or whether a column of the request has this value. */
interface Target {
  /** Column of the request. */
  readonly from: number;
  /** The value as get_dummies writes it into a name; undefined for a column that passes. */
  readonly value?: string;
}

/**
 * The step from the columns of a request to `columns`. A value without a column gives zeros, as
 * `pd.get_dummies(df).reindex(columns=columns, fill_value=0)` does; so does a missing value, unless `columns` has one
 * for it ("city_nan").
 * @throws ModelError "chain-dummies" for a prefix that no column has
 */
export function dummiesStep(columns: readonly string[], dummies: Readonly<Record<string, string>>): Estimator {
  // The longest prefix that fits: "home_" before "home".
  const prefixes = Object.entries(dummies).sort(([, a], [, b]) => b.length - a.length);
  const names: string[] = [];
  const categories = new Map<string, string[]>();
  const places = new Map<string, number>();
  const place = (name: string) => {
    const known = places.get(name) ?? names.push(name) - 1;
    places.set(name, known);
    return known;
  };
  const targets = columns.map((column): Target => {
    const [name, prefix] = prefixes.find(([, prefix]) => column.startsWith(prefix)) ?? [];
    if (name === undefined || prefix === undefined) return { from: place(column) };
    const value = column.slice(prefix.length);
    categories.set(name, [...(categories.get(name) ?? []), value]);
    return { from: place(name), value };
  });
  for (const [name, prefix] of Object.entries(dummies)) {
    if (!categories.has(name)) {
      throw new ModelError("chain-dummies", `No column begins with ${JSON.stringify(prefix)}, the prefix of "${name}"`);
    }
    if (columns.includes(name))
      throw new ModelError("chain-dummies", `"${name}" is a column of the model itself: it has no one-hot columns`);
  }
  const passed = targets.flatMap(({ from, value }, column) => (value === undefined ? [[column, from] as const] : []));
  return {
    type: "pandas.get_dummies",
    inputs: {
      count: names.length,
      named: true,
      missing: true,
      features: () =>
        names.map((name): Feature => {
          const values = categories.get(name);
          return values
            ? { name, kind: "category", categories: values, missing: true }
            : { name, kind: "number", missing: true };
        }),
    },
    keepsMissing: names.map((name) => !categories.has(name)),
    unchanged: new Map(passed),
    methods: new Map([["transform", transformTo(columns.length, (table) => encode(table, targets))]]),
    parameters: {},
  };
}

function encode(table: Table, targets: readonly Target[]): Table {
  const values = new Map<number, readonly Scalar[]>();
  const columnAt = (column: number) => {
    const known = values.get(column) ?? columnOf(table, column);
    values.set(column, known);
    return known;
  };
  return {
    kind: "frame",
    rows: table.rows,
    columns: targets.map(({ from, value }) => {
      const column = columnAt(from);
      return value === undefined ? column : column.map((cell) => Number(isNamed(cell, value)));
    }),
  };
}

/** Whether get_dummies names a cell so: str(cell), where the column may have been of ints or of floats. */
function isNamed(cell: Scalar, name: string): boolean {
  // The column that dummy_na=True adds.
  if (cell === null) return name === "nan";
  if (typeof cell === "boolean") return name === (cell ? "True" : "False");
  if (typeof cell !== "number") return name === String(cell);
  return name === floatText(cell) || (Number.isInteger(cell) && name === BigInt(cell).toString());
}

/** Python's str(float): with an exponent of two digits below 1e-4 and from 1e16 on. */
function floatText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
