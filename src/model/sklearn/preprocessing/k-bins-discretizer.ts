import { eachRow } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { sparseOf, transformTo } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";

export const kBinsDiscretizerClass: EstimatorClass = {
  name: "KBinsDiscretizer",
  paths: ["sklearn.preprocessing._discretization"],
  read: readKBins,
};

/** The number of a value's bin, or a column for each bin. */
function readKBins(attributes: EstimatorAttributes): EstimatorDefinition {
  const edges = readEdges(attributes);
  const bins = attributes.numbers(["n_bins_"], edges.length);
  if (bins.some((count, column) => count !== edges[column]!.length - 1))
    throw attributes.inconsistent("n_bins_ does not fit bin_edges_");
  const encode = attributes.text("encode");
  if (!["ordinal", "onehot", "onehot-dense"].includes(encode)) throw attributes.inconsistent("encode is not known");
  const binOf = attributes.since(1, 1) ? binByEdges : binNearEdges;
  const starts = [0];
  for (const count of bins) starts.push(starts.at(-1)! + count);
  const width = encode === "ordinal" ? edges.length : starts.at(-1)!;

  const transform = (table: Table): Table => {
    const data = new Float64Array(table.rows * width);
    eachRow(table, (values, rowStart, row) => {
      for (const [column, columnEdges] of edges.entries()) {
        const bin = binOf(values[rowStart + column]!, columnEdges);
        if (encode === "ordinal") data[row * width + column] = bin;
        else data[row * width + starts[column]! + bin] = 1;
      }
    });
    const binned: Table = { kind: "matrix", rows: table.rows, columns: width, data };
    return encode === "onehot" ? sparseOf(binned) : binned;
  };
  return {
    inputs: numberInputs(attributes, edges.length, false),
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: attributes.parameters("encode", "strategy"),
  };
}

function readEdges(attributes: EstimatorAttributes): readonly Float64Array[] {
  return attributes
    .array("bin_edges_")
    .objects()
    .map((edges) => {
      if (!(edges instanceof NdArray) || edges.size < 2)
        throw attributes.expected("an array of edges", ["bin_edges_"], edges);
      return edges.toNumbers();
    });
}

/** Inner edges at or below the value. */
function binByEdges(value: number, edges: Float64Array): number {
  let bin = 0;
  while (bin < edges.length - 2 && value >= edges[bin + 1]!) bin++;
  return bin;
}

/** Up to 1.0 a value slightly below an edge is in the upper bin. */
function binNearEdges(value: number, edges: Float64Array): number {
  const nudged = value + (1e-8 + 1e-5 * Math.abs(value));
  let bin = 0;
  while (bin < edges.length - 1 && nudged >= edges[bin + 1]!) bin++;
  return Math.min(bin, edges.length - 2);
}
