// The columns that a model's results become: "prediction", "probability_setosa", ...

import type { MethodName, Output, Scalar, Signature } from "../model/index.js";
import type { ColumnType, NamedColumn } from "./block.js";
import { ScoreError } from "./errors.js";
import type { ScoredRows } from "./score-rows.js";

export interface PredictionColumn extends NamedColumn {
  /** One value for each scored row. */
  readonly values: ArrayLike<Scalar>;
}

/** What the columns of a method are called. */
const columnNames: Readonly<Record<MethodName, string>> = {
  predict: "prediction",
  predict_proba: "probability",
  predict_log_proba: "log_probability",
  predict_std: "std",
  decision_function: "decision",
  transform: "transformed",
  score_samples: "score",
  kneighbors: "neighbors",
};

/**
 * The results of consecutive pieces of rows as columns, in the order of the methods.
 * @throws ScoreError "score-output" if a result has more than two dimensions
 */
export function predictionColumns(
  signature: Signature,
  methods: readonly MethodName[],
  pieces: readonly ScoredRows[],
  prefix: string,
): readonly PredictionColumn[] {
  const scored = pieces.flatMap((piece) => ("outputs" in piece ? [piece.outputs] : []));
  return methods.flatMap((method, index) => {
    const outputs = scored.map((each) => each[index]!);
    return columnsOf(outputs, `${prefix}${columnNames[method]}`, method, signature);
  });
}

function columnsOf(
  outputs: readonly Output[],
  name: string,
  method: MethodName,
  signature: Signature,
): readonly PredictionColumn[] {
  const [first] = outputs;
  if (!first) return [];
  if (first.parts) {
    return first.parts.flatMap((_, part) =>
      columnsOf(
        outputs.map(({ parts }) => parts![part]!),
        `${name}_${part}`,
        method,
        { ...signature, classes: undefined },
      ),
    );
  }
  const { shape } = first;
  if (shape.length > 2) {
    throw new ScoreError("score-output", `${method} returns ${shape.length} dimensions; a table has two`);
  }
  const type = typeOf(outputs, method, signature);
  if (shape.length < 2) return [{ name, type, values: joined(outputs.map(({ data }) => data)) }];
  const width = shape[1]!;
  const classes = method !== "predict" && signature.classes?.length === width ? signature.classes : undefined;
  return Array.from({ length: width }, (_, column) => ({
    name: `${name}_${classes ? String(classes[column]) : column}`,
    type,
    values: joined(outputs.map(({ data, shape: [rows = 0] }) => strided(data, column, width, rows))),
  }));
}

/** The methods' own kinds of values do not tell integers from floats: labels do. */
function typeOf(outputs: readonly Output[], method: MethodName, { methods, classes }: Signature): ColumnType {
  const kind = methods.find(({ name }) => name === method)?.output.kind;
  if (kind === "text") return "string";
  if (kind === "boolean") return "boolean";
  // A deployment does not say whether its labels are strings.
  if (kind !== "label") return outputs.some(({ data }) => typeof data[0] === "string") ? "string" : "number";
  const labels = classes ?? outputs.flatMap(({ data }) => Array.from(data));
  if (labels.every((label) => typeof label === "bigint" || Number.isSafeInteger(label))) return "integer";
  if (labels.every((label) => typeof label === "boolean")) return "boolean";
  return labels.every((label) => typeof label === "number") ? "number" : "string";
}

function strided(data: ArrayLike<Scalar>, start: number, stride: number, rows: number): ArrayLike<Scalar> {
  const values = data instanceof Float64Array ? new Float64Array(rows) : new Array<Scalar>(rows);
  for (let row = 0; row < rows; row++) values[row] = data[start + row * stride]!;
  return values;
}

function joined(parts: readonly ArrayLike<Scalar>[]): ArrayLike<Scalar> {
  return parts.length === 1 ? parts[0]! : parts.flatMap((part) => Array.from(part));
}
