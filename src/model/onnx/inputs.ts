// The columns of an ONNX model's inputs.

import type { TepalError } from "../../base/index.js";
import type { Feature } from "../core/model.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import type { TensorType, Value } from "./outline.js";

/** Columns of one model, as in scikit-learn's: hashed documents have 2^20. */
const columnsMax = 1 << 21;

/** Values of a fixed batch: 128 MB. A request of one row would compute all of them. */
const batchValuesMax = 1 << 24;

/** Some columns of the table, which are one input of the graph. */
interface InputColumns {
  readonly name: string;
  readonly type: TensorType;
  /** "any" where the file leaves their number open. */
  readonly count: number | "any";
  /** A list of values, not a table of one column. */
  readonly flat: boolean;
}

export interface GraphInputs {
  readonly columns: readonly InputColumns[];
  /** Empty where the file leaves the number of columns open. */
  readonly features: readonly Feature[];
  /** Rows that the graph expects in every run; undefined: any number. */
  readonly batch: number | undefined;
}

/** @throws ModelError "estimator-unsupported" */
export function readInputs(inputs: readonly Value[]): GraphInputs {
  if (inputs.length === 0) throw unsupported("it has no inputs");
  const columns = inputs.map(columnsOf);
  const open = columns.find(({ count }) => count === "any");
  if (open && inputs.length > 1) {
    throw unsupported(
      `its input "${printable(open.name, 40)}" does not declare its number of columns`,
      "Export the model with a fixed number of columns.",
    );
  }
  const count = columns.reduce((sum, each) => sum + (each.count === "any" ? 0 : each.count), 0);
  if (count > columnsMax) throw unsupported(`it has ${count} columns; the maximum is ${columnsMax}`);
  const batch = batchOf(inputs);
  if (batch !== undefined && batch * Math.max(count, 1) > batchValuesMax) {
    throw unsupported(
      `it expects ${batch} rows of ${count} values in every run; the maximum is ${batchValuesMax} values`,
    );
  }
  return { columns, features: open ? [] : columns.flatMap((each) => featuresOf(each, inputs.length > 1)), batch };
}

function columnsOf({ name, type, shape }: Value): InputColumns {
  const shown = printable(name, 40);
  if (!type) throw unsupported(`its input "${shown}" is neither numbers nor strings`);
  if (!shape) return { name, type, count: "any", flat: false };
  const [rows, count] = shape;
  if (shape.length === 0 || shape.length > 2) {
    throw unsupported(`its input "${shown}" has ${shape.length} dimensions, but only tables are supported`);
  }
  if (shape.length === 2) return { name, type, count: count ?? "any", flat: false };
  if (rows !== undefined && rows > 1) {
    throw unsupported(
      `its input "${shown}" is a list of ${rows} values, which may be a row or a column`,
      "Export the model with an input of two dimensions: rows and columns.",
    );
  }
  return { name, type, count: 1, flat: true };
}

/** The rows of every run, where an input fixes them: 1 is what exporters write that trace one example. */
function batchOf(inputs: readonly Value[]): number | undefined {
  const fixed = new Set(inputs.flatMap(({ shape }) => shape?.[0] ?? []));
  if (fixed.size > 1) throw unsupported(`its inputs expect different numbers of rows: ${[...fixed].join(", ")}`);
  return [...fixed][0];
}

function featuresOf({ name, type, count }: InputColumns, isOneOfSeveral: boolean): readonly Feature[] {
  // skl2onnx replaces the blanks in the names of a data frame's columns.
  const blanksReplaced = isOneOfSeveral && name.includes("_") && ({ blanksReplaced: true } as const);
  return Array.from(
    { length: count === "any" ? 0 : count },
    (_, index): Feature => ({
      name: isOneOfSeveral ? (count === 1 ? name : `${name}_${index}`) : `x${index}`,
      kind: type === "string" ? "text" : "number",
      missing: type.startsWith("float"),
      ...blanksReplaced,
    }),
  );
}

function unsupported(message: string, hint?: string): TepalError {
  return new ModelError("estimator-unsupported", `ONNX model: ${message}`, { hint });
}
