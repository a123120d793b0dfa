// Which output of an ONNX model belongs to which method: by the names that the converters of scikit-learn, XGBoost and
// LightGBM use. The maps of ZipMap are not read: onnxruntime-node has none. What ZipMap makes them of is.

import type { TepalError } from "../../base/index.js";
import type { Method, MethodName, Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import { classLabelsOf, producersOf, sourceOf } from "./class-labels.js";
import type { Outline, Value } from "./outline.js";
import { encodeField } from "./protobuf.js";

export interface MethodOutput {
  /** The tensors that are the method's result: one, or one for each of its columns. */
  readonly tensors: readonly string[];
  readonly output: Method["output"];
}

export interface GraphOutputs {
  readonly methods: ReadonlyMap<MethodName, MethodOutput>;
  readonly classes: readonly Scalar[] | undefined;
  /** Tensors that methods need and that are not among the graph's outputs. */
  readonly hidden: readonly string[];
}

/** @throws ModelError "estimator-unsupported" */
export function readOutputs({ nodes, outputs }: Outline): GraphOutputs {
  const methods = new Map<MethodName, MethodOutput>();
  let classes: readonly Scalar[] | undefined;
  const hidden: string[] = [];
  const perClass = outputsPerClass(outputs);
  const perClassNames = new Set(perClass.map(({ name }) => name));
  const producers = producersOf(nodes);
  const sources = new Map(outputs.map(({ name }) => [name, sourceOf(producers, name)]));
  // The nearest cluster: its scores are the distances.
  const isClustering = [...sources.values()].some((source) => source?.operator === "ArgMin");
  for (const output of outputs) {
    if (perClassNames.has(output.name)) continue;
    const source = sources.get(output.name);
    if (output.type !== undefined) {
      const method = methodOf(output.name, isClustering);
      if (!methods.has(method)) methods.set(method, { tensors: [output.name], output: columnsOf(method, output) });
      if (method === "predict" && source) classes ??= classLabelsOf(source);
    } else if (source?.operator === "ZipMap" && !methods.has("predict_proba")) {
      const [tensor] = source.inputs;
      const labels = classLabelsOf(source);
      if (tensor === undefined || !labels) continue;
      classes = labels;
      methods.set("predict_proba", { tensors: [tensor], output: { kind: "number", columns: labels.length } });
      if (!outputs.some(({ name }) => name === tensor)) hidden.push(tensor);
    }
  }
  if (perClass.length > 0 && !methods.has("predict_proba")) {
    classes ??= perClass.map(({ label }) => label);
    const tensors = [...perClassNames];
    methods.set("predict_proba", { tensors, output: { kind: "number", columns: tensors.length } });
  }
  if (methods.size === 0) throw unsupported("none of its outputs is a tensor, or made by ZipMap of one");
  return { methods, classes, hidden };
}

function methodOf(name: string, isClustering: boolean): MethodName {
  if (/prob/i.test(name)) return "predict_proba";
  if (/score_samples/i.test(name)) return "score_samples";
  if (/score|decision/i.test(name)) return isClustering ? "transform" : "decision_function";
  return "predict";
}

function columnsOf(method: MethodName, { type, shape }: Value): Method["output"] {
  const width = shape?.length === 2 ? shape[1] : undefined;
  const isLabel = method === "predict" && (type === "int64" || type === "string");
  return { kind: isLabel ? "label" : "number", ...(width !== undefined && width > 1 && { columns: width }) };
}

/**
 * skl2onnx's option zipmap="columns": behind the label, one output for each class. Its name is the label after an "i"
 * (integers) or an "s" (strings).
 */
function outputsPerClass([label, ...others]: readonly Value[]): readonly { name: string; label: Scalar }[] {
  const isString = label?.type === "string";
  if (others.length < 2 || (label?.type !== "int64" && !isString)) return [];
  const pattern = isString ? /^s(.*)$/s : /^i(-?\d{1,15})$/;
  const found = others.flatMap(({ name, type, shape }) => {
    const match = pattern.exec(name)?.[1];
    if (match === undefined || type !== "float32" || shape?.length !== 1) return [];
    return [{ name, label: isString ? match : Number(match) }];
  });
  return found.length === others.length ? found : [];
}

/** ModelProto.graph and GraphProto.output, and the name of a ValueInfoProto. */
const graphField = 7;
const outputField = 12;
const nameField = 1;

/**
 * The model with more outputs. In protocol buffers, a message that follows another one in the same field is merged with
 * it: lists are joined. onnxruntime finds the outputs' types itself.
 */
export function withOutputs(file: Uint8Array, names: readonly string[]): Uint8Array {
  if (names.length === 0) return file;
  const added = names.map((name) =>
    encodeField(graphField, encodeField(outputField, encodeField(nameField, new TextEncoder().encode(name)))),
  );
  const whole = new Uint8Array(file.length + added.reduce((sum, { length }) => sum + length, 0));
  whole.set(file);
  let offset = file.length;
  for (const bytes of added) {
    whole.set(bytes, offset);
    offset += bytes.length;
  }
  return whole;
}

function unsupported(message: string): TepalError {
  return new ModelError("estimator-unsupported", `ONNX model: ${message}`);
}
