import type { CsvTable } from "./csv.js";
import { TrainError } from "./errors.js";

/**
 * libsvm needs 16 bytes for each number in its 32-bit address space, besides its cache: this limit is a quarter of it.
 */
const numbersMax = 32 * 1024 * 1024;
/**
 * One classifier is trained for each pair of classes; a column with more values contains names or numbers, not classes.
 */
const classesMax = 500;

/** Training data. */
export interface Dataset {
  readonly featureNames: readonly string[];
  /** Row-major. */
  readonly x: Float64Array;
  /** scikit-learn's `classes_`, in ascending order: all integers, or all strings. */
  readonly classes: readonly (number | string)[];
  /** The class of each row, as an index into `classes`. */
  readonly y: Int32Array;
}

/**
 * Uses one column of a table as the label and all others as numeric features.
 * @throws TrainError "train-..." with line and column
 */
export function datasetOf({ header, rows }: CsvTable, label: string): Dataset {
  const labelIndex = header.indexOf(label);
  if (labelIndex < 0) {
    throw new TrainError("train-label-unknown", `Column ${JSON.stringify(label)} not found`, {
      hint: `Columns of the table: ${header.map((name) => JSON.stringify(name)).join(", ")}.`,
    });
  }
  const featureNames = header.filter((_, index) => index !== labelIndex);
  if (featureNames.length === 0) throw new TrainError("train-no-features", "The table has no column besides the label");
  if (rows.length * featureNames.length > numbersMax) {
    const found = `${rows.length} rows of ${featureNames.length} numbers`;
    throw new TrainError("train-too-large", `The table has ${found}; the maximum is ${numbersMax} numbers`);
  }
  const x = new Float64Array(rows.length * featureNames.length);
  let next = 0;
  for (const { line, cells } of rows) {
    for (let column = 0; column < cells.length; column++) {
      if (column !== labelIndex) x[next++] = numberOf(cells[column]!, line, header[column]!);
    }
  }
  const labels = rows.map(({ line, cells }) => ({ line, text: cells[labelIndex]! }));
  return { featureNames, x, ...classesOf(labels, label) };
}

/**
 * A decimal number as Python's float() and spreadsheets write it, without JavaScript's additional forms such as 0x10.
 */
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function numberOf(text: string, line: number, column: string): number {
  const place = { row: line, column };
  const where = `Line ${line}, column ${JSON.stringify(column)}`;
  if (text === "") throw new TrainError("train-value-missing", `${where}: the value is missing`, { place });
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new TrainError("train-not-a-number", `${where}: ${JSON.stringify(text.slice(0, 40))} is not a number`, {
    place,
  });
}

function classesOf(labels: readonly { line: number; text: string }[], column: string): Pick<Dataset, "classes" | "y"> {
  const missing = labels.find(({ text }) => text === "");
  if (missing) {
    const place = { row: missing.line, column };
    const message = `Line ${missing.line}, column ${JSON.stringify(column)}: the label is missing`;
    throw new TrainError("train-value-missing", message, { place });
  }
  const numeric = labels.every(({ text }) => decimal.test(text) && Number.isSafeInteger(Number(text)));
  const values = labels.map(({ text }) => (numeric ? Number(text) : text));
  // numpy sorts strings by code points.
  const classes = [...new Set(values)].sort(numeric ? (a, b) => Number(a) - Number(b) : compareCodePoints);
  const count = `The column ${JSON.stringify(column)} has ${classes.length} different labels`;
  if (classes.length < 2)
    throw new TrainError("train-classes", `${count}; at least two are required`, { place: { column } });
  if (classes.length > classesMax) {
    throw new TrainError("train-classes", `${count}; the maximum is ${classesMax}`, { place: { column } });
  }
  const indexOf = new Map(classes.map((value, index) => [value, index]));
  return { classes, y: Int32Array.from(values, (value) => indexOf.get(value)!) };
}

function compareCodePoints(a: number | string, b: number | string): number {
  const [left, right] = [[...String(a)], [...String(b)]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The subset of a dataset with the given rows, in their order. Classes without rows are removed. */
export function rowsOf({ featureNames, x, classes, y }: Dataset, rows: ArrayLike<number>): Dataset {
  const columns = featureNames.length;
  const chosen = new Float64Array(rows.length * columns);
  const present = new Set<number>();
  for (let i = 0; i < rows.length; i++) {
    chosen.set(x.subarray(rows[i]! * columns, (rows[i]! + 1) * columns), i * columns);
    present.add(y[rows[i]!]!);
  }
  const kept = [...present].sort((a, b) => a - b);
  const newIndex = new Map(kept.map((old, index) => [old, index]));
  return {
    featureNames,
    x: chosen,
    classes: kept.map((old) => classes[old]!),
    y: Int32Array.from({ length: rows.length }, (_, i) => newIndex.get(y[rows[i]!]!)!),
  };
}
