import { eachRow } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { sideBySide, transformTo } from "../../estimator/tables.js";
import { argPartition } from "../../numpy/partition.js";
import { type SumOfSquares, sumOfSquares, sumOfSquaresBackwards } from "../../numpy/sum-of-squares.js";
import { missingFlags, readIndicator, readIsMissing } from "./simple-imputer.js";

export const knnImputerClass: EstimatorClass = {
  name: "KNNImputer",
  paths: ["sklearn.impute._knn"],
  read: readKnnImputer,
};

/** The rows of training, NaN where a value was missing. */
interface Donors {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  readonly missing: Uint8Array;
  readonly squares: Float64Array;
  /** How a row's squares are added: numpy has changed it. */
  readonly sumSquares: SumOfSquares;
}

/** A missing value becomes the mean of that column over the nearest rows of training that have it. */
function readKnnImputer(attributes: EstimatorAttributes): EstimatorDefinition {
  if (attributes.text("metric") !== "nan_euclidean") throw attributes.unsupported("it has a custom metric");
  const weights = attributes.get("weights");
  if (weights !== "uniform" && weights !== "distance") throw attributes.unsupported("it has custom weights");
  const donors = readDonors(attributes);
  const { columns } = donors;
  const valid = readValid(attributes, donors);
  const keepsEmpty = attributes.flag("keep_empty_features");
  const kept = Array.from(valid.keys()).filter((column) => keepsEmpty || valid[column]!);
  const neighbors = attributes.number("n_neighbors");
  if (!Number.isInteger(neighbors) || neighbors < 1) throw attributes.inconsistent("n_neighbors is not a count");
  const isMissing = readIsMissing(attributes);
  const indicated = readIndicator(attributes, columns);

  const impute = (table: Table): Table => {
    const data = new Float64Array(table.rows * kept.length);
    eachRow(table, (values, start, row) => {
      const x = values.slice(start, start + columns).map((value) => (isMissing(value) ? Number.NaN : value));
      const distances = x.some((value, column) => valid[column]! && Number.isNaN(value))
        ? distancesTo(donors, x)
        : undefined;
      for (const [place, column] of kept.entries()) {
        let value = x[column]!;
        if (!valid[column]) value = 0;
        else if (Number.isNaN(value) && distances)
          value = fill(donors, distances, column, neighbors, weights === "distance");
        data[row * kept.length + place] = value;
      }
    });
    const imputed: Table = { kind: "matrix", rows: table.rows, columns: kept.length, data };
    if (!indicated) return imputed;
    return sideBySide([imputed, missingFlags(table, indicated, isMissing)], table.rows, false);
  };
  return {
    inputs: numberInputs(attributes, columns, isMissing(null)),
    methods: new Map([["transform", transformTo(kept.length + (indicated?.length ?? 0), impute)]]),
    parameters: attributes.parameters("n_neighbors", "weights"),
  };
}

function readDonors(attributes: EstimatorAttributes): Donors {
  const array = attributes.array("_fit_X");
  const [rows, columns] = array.shape;
  if (array.shape.length !== 2 || rows === 0) throw attributes.inconsistent("_fit_X is not a table");
  const data = array.toNumbers();
  const mask =
    attributes.get("_mask_fit_X") === undefined ? undefined : attributes.numbers(["_mask_fit_X"], data.length);
  const missing = Uint8Array.from(data, (value, index) =>
    (mask ? mask[index] !== 0 : false) || Number.isNaN(value) ? 1 : 0,
  );
  const clean = data.map((value, index) => (missing[index] ? 0 : value));
  const sumSquares = attributes.since(1, 0) ? sumOfSquares : sumOfSquaresBackwards;
  const squares = Float64Array.from({ length: rows! }, (_, row) => sumSquares(clean, row * columns!, columns!));
  return { rows: rows!, columns: columns!, data: clean, missing, squares, sumSquares };
}

/** Columns that had a value in training: `_valid_mask` since 1.0. */
function readValid(attributes: EstimatorAttributes, { rows, columns, missing }: Donors): readonly boolean[] {
  if (attributes.get("_valid_mask") !== undefined)
    return Array.from(attributes.numbers(["_valid_mask"], columns), Boolean);
  return Array.from({ length: columns }, (_, column) => {
    for (let row = 0; row < rows; row++) if (!missing[row * columns + column]) return true;
    return false;
  });
}

/**
 * sklearn.metrics.pairwise.nan_euclidean_distances: over the columns that both have, scaled up to all. NaN where there
 * are no such columns.
 */
function distancesTo({ rows, columns, data, missing, squares, sumSquares }: Donors, x: Float64Array): Float64Array {
  const present = x.map((value) => (Number.isNaN(value) ? 0 : 1));
  const clean = x.map((value) => (Number.isNaN(value) ? 0 : value));
  const square = sumSquares(clean, 0, columns);
  const distances = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let product = 0;
    let onlyHere = 0;
    let onlyThere = 0;
    let shared = 0;
    for (let column = 0; column < columns; column++) {
      const other = data[start + column]!;
      product += clean[column]! * other;
      if (missing[start + column]) onlyHere += clean[column]! * clean[column]!;
      else if (present[column]) shared++;
      if (!present[column]) onlyThere += other * other;
    }
    const whole = Math.max(0, -2 * product + square + squares[row]!);
    const common = Math.max(0, whole - onlyHere - onlyThere);
    distances[row] = shared === 0 ? Number.NaN : Math.sqrt((common / shared) * columns);
  }
  return distances;
}

function fill(donors: Donors, distances: Float64Array, column: number, neighbors: number, weighted: boolean): number {
  const { rows, columns, data, missing } = donors;
  const having = Array.from({ length: rows }, (_, row) => row).filter((row) => !missing[row * columns + column]);
  const near = Float64Array.from(having, (row) => distances[row]!);
  const known = near.some((distance) => !Number.isNaN(distance));
  // No row to compare with: the column's mean.
  const count = known ? Math.min(neighbors, having.length) : having.length;
  const order = known ? argPartition(near, count - 1) : near.keys();
  const chosen = Array.from(order, (index) => having[index]!)
    .slice(0, count)
    .filter((row) => !known || !Number.isNaN(distances[row]));
  // Rows of distance 0 alone count, where there are any.
  const exact = weighted && known && chosen.some((row) => distances[row] === 0);
  let sum = 0;
  let weights = 0;
  for (const row of chosen) {
    const distance = distances[row]!;
    let weight = 1;
    if (weighted && known) weight = exact ? Number(distance === 0) : 1 / distance;
    sum += data[row * columns + column]! * weight;
    weights += weight;
  }
  return sum / weights;
}
