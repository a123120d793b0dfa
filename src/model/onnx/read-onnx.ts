// ONNX models of tables: rows in, a label, numbers or probabilities out. What the model computes is onnxruntime's
// affair, in 32-bit floats mostly.

import { CellError } from "../core/cell-error.js";
import { methodUnknown } from "../core/create-model.js";
import { matrixOf } from "../core/matrix.js";
import type { Method, Model, Signature, Table } from "../core/model.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import { runBatches } from "./batches.js";
import { type DenseTable, widthOf } from "./feeds.js";
import { type GraphInputs, readInputs } from "./inputs.js";
import { type Outline, readOutline } from "./outline.js";
import { type GraphOutputs, readOutputs, withOutputs } from "./outputs.js";
import { loadRuntime, type OnnxRuntime, type Session } from "./runtime.js";

/** Operators that the signature shows. */
const operatorsShown = 8;

/** @throws ModelError "onnx-broken", "estimator-unsupported", "onnx-runtime-missing", "onnx-failed" */
export async function readOnnx(file: Uint8Array): Promise<Model> {
  const outline = readOutline(file);
  const inputs = readInputs(outline.inputs);
  const outputs = readOutputs(outline);
  const runtime = await loadRuntime();
  const session = await createSession(runtime, withOutputs(file, outputs.hidden));
  const signature = signatureOf(outline, inputs, outputs);
  return {
    signature,
    async run(name, table) {
      const output = outputs.methods.get(name);
      if (!output) throw methodUnknown(name, signature);
      const rows = denseOf(table);
      const { features } = signature;
      if (features.length > 0 && widthOf(rows) !== features.length) {
        throw new ModelError(
          "input-width",
          `The table has ${widthOf(rows)} columns; the model expects ${features.length}`,
        );
      }
      try {
        return await runBatches({ runtime, session, inputs }, name, output, rows);
      } catch (error) {
        throw error instanceof CellError ? error.withNames(features) : error;
      }
    },
  };
}

function signatureOf(outline: Outline, { features }: GraphInputs, { methods, classes }: GraphOutputs): Signature {
  const { producer, producerVersion, nodes, inputs } = outline;
  const operators = [...new Set(nodes.map(({ operator }) => printable(operator, 40)))];
  return {
    format: "onnx",
    type: "ONNX model",
    libraries: producer === "" ? {} : { [producer]: producerVersion },
    features,
    named: inputs.length > 1,
    ...(classes && { classes }),
    methods: [...methods].map(([name, { output }]): Method => ({ name, output })),
    parameters: { operators: operators.slice(0, operatorsShown).join(", ") },
  };
}

function denseOf(table: Table): DenseTable {
  return table.kind === "sparse" ? { kind: "matrix", ...matrixOf(table) } : table;
}

async function createSession(runtime: OnnxRuntime, file: Uint8Array): Promise<Session> {
  try {
    return await runtime.InferenceSession.create(file);
  } catch (cause) {
    const said = printable(cause instanceof Error ? cause.message : String(cause), 300);
    // skl2onnx's vectorizers name the locale en_US, which few images have.
    const hint = /locale/.test(said)
      ? 'Export the vectorizer with options={TfidfVectorizer: {"locale": "C"}}.'
      : undefined;
    throw new ModelError("onnx-failed", `onnxruntime rejected the model: ${said}`, { cause, hint });
  }
}
