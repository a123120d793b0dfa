// Runs a session on the rows of a table: all at once, or in batches where the file fixes the number of rows.

import type { MethodName, Output, Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import { exactInteger, printable } from "../pickle/text.js";
import { type DenseTable, feedsOf, widthOf } from "./feeds.js";
import type { GraphInputs } from "./inputs.js";
import type { MethodOutput } from "./outputs.js";
import type { OnnxRuntime, Session, Tensor } from "./runtime.js";

interface Engine {
  readonly runtime: OnnxRuntime;
  readonly session: Session;
  readonly inputs: GraphInputs;
}

/** Methods that return one value for each row where the graph returns a column. */
const methodsOfOneValue: readonly MethodName[] = ["predict", "decision_function", "score_samples"];

/**
 * The result for all rows. The last batch is filled with copies of the last row, whose results are dropped: the rows of
 * a model do not depend on each other.
 * @param table as wide as the inputs
 * @throws ModelError "onnx-failed", "input-..."
 */
export async function runBatches(
  engine: Engine,
  method: MethodName,
  output: MethodOutput,
  table: DenseTable,
): Promise<Output> {
  const size = engine.inputs.batch ?? table.rows;
  const data: Scalar[] = [];
  let shape: readonly number[] | undefined;
  for (let first = 0; first < table.rows; first += size) {
    const results = await runBatch(engine, output, table, first, size);
    const rowShape = results.length === 1 ? results[0]!.rowShape : [results.length];
    shape ??= rowShape;
    if (`${shape}` !== `${rowShape}`) throw failed(`it returned rows of ${shape} values, then of ${rowShape}`);
    const used = Math.min(size, table.rows - first);
    for (let row = 0; row < used; row++) {
      for (const { values, width } of results) {
        for (let column = 0; column < width; column++) data.push(scalarOf(values[row * width + column]));
      }
    }
  }
  const isColumn = shape?.length === 1 && shape[0] === 1 && methodsOfOneValue.includes(method);
  return { shape: [table.rows, ...(isColumn ? [] : (shape ?? []))], data };
}

/** The rows of one tensor. */
interface Result {
  /** Lengths of one row's values; none: a single value. */
  readonly rowShape: readonly number[];
  /** Values of one row. */
  readonly width: number;
  readonly values: Tensor["data"];
}

async function runBatch(
  { runtime, session, inputs }: Engine,
  { tensors }: MethodOutput,
  table: DenseTable,
  first: number,
  size: number,
): Promise<readonly Result[]> {
  const feeds = feedsOf(runtime, inputs, table, first, size);
  let outputs: Awaited<ReturnType<Session["run"]>>;
  try {
    outputs = await session.run(feeds, tensors);
  } catch (cause) {
    const said = printable(cause instanceof Error ? cause.message : String(cause), 300);
    if (inputs.features.length > 0) throw failed(said, cause);
    const message = `The model's file does not record its number of columns, and onnxruntime failed on ${widthOf(table)}`;
    throw new ModelError("input-width", `${message}: ${said}`, { cause });
  }
  return tensors.map((name) => resultOf(name, outputs[name], size));
}

function resultOf(name: string, tensor: Tensor | undefined, size: number): Result {
  if (!tensor) throw failed(`it returned no "${printable(name, 40)}"`);
  const { dims, data } = tensor;
  // Models that are exported with one example often drop the dimension of rows.
  const rowShape = dims[0] === size ? dims.slice(1) : size === 1 ? dims : undefined;
  if (!rowShape) throw failed(`it returned "${printable(name, 40)}" of shape [${dims.join(", ")}] for ${size} rows`);
  return { rowShape, width: rowShape.reduce((product, length) => product * length, 1), values: data };
}

function scalarOf(item: unknown): Scalar {
  if (typeof item === "bigint") return exactInteger(item);
  return typeof item === "string" || typeof item === "boolean" ? item : Number(item);
}

function failed(said: string, cause?: unknown): ModelError {
  return new ModelError("onnx-failed", `onnxruntime failed: ${said}`, { cause });
}
