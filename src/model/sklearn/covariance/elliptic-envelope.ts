// How far a row is from the mean of the training rows, in units of their covariance: outliers are far.

import { labelForRow, numberForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { invert } from "../../math/linear-algebra.js";
import { pow } from "../../math/pow.js";

export const ellipticEnvelopeClass: EstimatorClass = {
  name: "EllipticEnvelope",
  paths: [
    "sklearn.covariance._elliptic_envelope",
    "sklearn.covariance.elliptic_envelope",
    "sklearn.covariance.outlier_detection",
  ],
  read: readEllipticEnvelope,
};

function readEllipticEnvelope(attributes: EstimatorAttributes): EstimatorDefinition {
  const location = readVector(attributes, ["location_"]);
  const columns = location.length;
  const precision = readPrecision(attributes, columns);
  const centered = new Float64Array(columns);
  const score = (row: Float64Array, start: number) => {
    for (let column = 0; column < columns; column++) centered[column] = row[start + column]! - location[column]!;
    let square = 0;
    for (let i = 0; i < columns; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += centered[j]! * precision[i * columns + j]!;
      square += centered[i]! * sum;
    }
    return -(Math.sqrt(square) ** 2);
  };
  const inlierOrOutlier = [-1, 1];
  if (attributes.get("offset_") === undefined) return readOld();
  const offset = attributes.number("offset_");
  return {
    inputs: numberInputs(attributes, columns, false),
    classes: inlierOrOutlier,
    methods: new Map([
      ["predict", labelForRow(inlierOrOutlier, (row, start) => (score(row, start) - offset >= 0 ? 1 : 0))],
      ["decision_function", numberForRow((row, start) => score(row, start) - offset)],
      ["score_samples", numberForRow(score)],
    ]),
    parameters: attributes.parameters("contamination"),
  };

  /** Before 0.20 the decision was the difference of cube roots. */
  function readOld(): EstimatorDefinition {
    const threshold = attributes.number("threshold_");
    const root = pow(threshold, oldRoot);
    return {
      inputs: numberInputs(attributes, columns, false),
      classes: inlierOrOutlier,
      methods: new Map([
        ["predict", labelForRow(inlierOrOutlier, (row, start) => (-score(row, start) <= threshold ? 1 : 0))],
        ["decision_function", numberForRow((row, start) => root - pow(-score(row, start), oldRoot))],
      ]),
      parameters: attributes.parameters("contamination"),
    };
  }
}

/** As scikit-learn wrote a third. */
const oldRoot = 0.33;

/** Columns whose covariance is inverted when the file is read. */
const invertedMax = 1_000;

/** The inverse of the covariance, which store_precision=False leaves to be computed. */
function readPrecision(attributes: EstimatorAttributes, columns: number): Float64Array {
  const size = { rows: columns, columns };
  if (attributes.get("precision_") !== undefined) return readMatrix(attributes, ["precision_"], size).data;
  if (columns > invertedMax) throw attributes.unsupported(`it has ${columns} columns; the maximum is ${invertedMax}`);
  const inverse = invert(readMatrix(attributes, ["covariance_"], size).data, columns);
  if (!inverse) throw attributes.unsupported("its covariance has no inverse");
  return inverse;
}
