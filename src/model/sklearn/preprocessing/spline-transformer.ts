import { CellError } from "../../core/cell-error.js";
import { numbersForRow } from "../../core/methods.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { Instance, type Value } from "../../pickle/values.js";
import { type BSpline, endOf, evaluate } from "./b-spline.js";

export const splineTransformerClass: EstimatorClass = {
  name: "SplineTransformer",
  paths: ["sklearn.preprocessing._polynomial"],
  read: readSplineTransformer,
};

/** scikit-learn's splines are cubic by default. */
const degreeMax = 100;

/** What a column's value becomes, written to `out`. `row` and `column`: where the value is, for errors. */
type Fill = (x: number, out: Float64Array, row: number, column: number) => void;

function readSplineTransformer(attributes: EstimatorAttributes): EstimatorDefinition {
  const splines = readSplines(attributes);
  const curves = splines[0]!.curves;
  const missing = attributes.get("handle_missing") === "zeros";
  const fills = splines.map((spline) => readFill(attributes, spline));
  // Without a bias the last curve of each column is left out: all of them sum to 1.
  const kept = attributes.flag("include_bias") ? curves : curves - 1;
  const row = new Float64Array(curves);
  const transform = numbersForRow(splines.length * kept, (data, start, out, outStart, index) => {
    for (const [column, fill] of fills.entries()) {
      const x = data[start + column]!;
      if (Number.isNaN(x) && missing) row.fill(0);
      else fill(x, row, index, column);
      out.set(row.subarray(0, kept), outStart + column * kept);
    }
  });
  return {
    inputs: numberInputs(attributes, splines.length, missing),
    methods: new Map([["transform", transform]]),
    parameters: attributes.parameters("degree", "extrapolation", "include_bias"),
  };
}

function readFill(attributes: EstimatorAttributes, spline: BSpline): Fill {
  const { knots, degree, curves } = spline;
  const end = endOf(spline);
  const [low, high] = [knots[degree]!, knots[end]!];
  const extrapolation = attributes.text("extrapolation");
  switch (extrapolation) {
    case "continue":
      return (x, out) => evaluate(spline, x, false, out, 0);
    case "error":
      return (x, out, row, column) => {
        evaluate(spline, x, false, out, 0);
        if (out.some(Number.isNaN)) {
          throw new CellError(
            "input-out-of-range",
            row,
            column,
            (where) => `The value ${x} at ${where} is outside of the training range, ${low} to ${high}`,
          );
        }
      };
    case "periodic":
      return (x, out) => evaluate(spline, periodic(x, low, high), false, out, 0);
    case "constant":
    case "linear": {
      const [atLow, atHigh] = [low, high].map((x) => valuesAt(spline, x, false)) as [Float64Array, Float64Array];
      const [slopesLow, slopesHigh] = [low, high].map((x) => valuesAt(spline, x, true)) as [Float64Array, Float64Array];
      const linear = extrapolation === "linear";
      // Curves that are not zero at an end; a straight spline's second one has a slope there.
      const reach = Math.min(curves, linear && degree <= 1 ? degree + 1 : degree);
      return (x, out) => {
        if (x >= low && x <= high) {
          evaluate(spline, x, false, out, 0);
          return;
        }
        out.fill(0);
        for (let place = 0; place < reach; place++) {
          const curve = x < low ? place : curves - 1 - place;
          const [values, slopes, edge] = x < low ? [atLow, slopesLow, low] : [atHigh, slopesHigh, high];
          out[curve] = linear ? values[curve]! + (x - edge) * slopes[curve]! : values[curve]!;
        }
      };
    }
    default:
      throw attributes.inconsistent("extrapolation is not known");
  }
}

/** Python's remainder: never negative. */
function periodic(x: number, low: number, high: number): number {
  const span = high - low;
  if (!(span > 0)) return 0;
  const rest = (x - low) % span;
  return low + (rest < 0 ? rest + span : rest);
}

function valuesAt(spline: BSpline, x: number, slope: boolean): Float64Array {
  const values = new Float64Array(spline.curves);
  evaluate(spline, x, slope, values, 0);
  return values;
}

function readSplines(attributes: EstimatorAttributes): readonly BSpline[] {
  const value = attributes.get("bsplines_");
  if (!Array.isArray(value) || value.length === 0) throw attributes.expected("a list of splines", ["bsplines_"], value);
  const splines = value.map((item) => readSpline(attributes, item));
  if (splines.some(({ curves }) => curves !== splines[0]!.curves))
    throw attributes.inconsistent("its columns have splines of different numbers");
  return splines;
}

function readSpline(attributes: EstimatorAttributes, value: Value): BSpline {
  if (!(value instanceof Instance)) throw attributes.expected("a BSpline", ["bsplines_"], value);
  const outer = new EstimatorAttributes(value, "scipy.interpolate.BSpline");
  // Since scipy 1.18 a BSpline keeps its numbers in an object for the array library that it uses.
  const inner = outer.get("_delegate_to");
  const spline = inner instanceof Instance ? new EstimatorAttributes(inner, outer.type) : outer;
  const coefficients = spline.array("_c", "c");
  const knots = spline.numbers(["_t", "t"]);
  const degree = spline.number("k");
  const [rows, curves] = coefficients.shape;
  const fits =
    Number.isInteger(degree) &&
    degree >= 0 &&
    degree <= degreeMax &&
    coefficients.shape.length === 2 &&
    rows! > degree &&
    curves! > 0 &&
    knots.length >= rows! + degree + 1 &&
    knots.length - degree - 1 <= rows!;
  if (!fits) throw attributes.inconsistent("a spline's knots, degree and coefficients do not fit");
  return {
    knots,
    degree,
    coefficients: coefficients.toNumbers(),
    curves: curves!,
    extrapolates: spline.flag("extrapolate"),
  };
}
