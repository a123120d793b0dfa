// What a chain makes of the predictions of its last part: labels by a decoder, the second class from a threshold on.

import type { MethodName, Model, Output, Scalar, Signature } from "../core/model.js";
import { ModelError } from "../errors.js";
import { ufuncOf } from "../numpy/ufuncs.js";
import { ufunc32Of } from "../numpy/ufuncs32.js";
import { Global } from "../pickle/values.js";

/**
 * The model whose predictions are decoded: predict returns `labels[number]`, and the classes are the labels.
 * @param shown the decoder, for messages
 * @throws ModelError "chain-decode" where the decoder does not have as many labels as the model has classes
 */
export function withDecoder(model: Model, labels: readonly Scalar[], shown: string): Model {
  const { signature } = model;
  const predicts = signature.methods.some(({ name }) => name === "predict");
  if (!predicts)
    throw new ModelError("chain-decode", `${shown} decodes predictions, but ${signature.type} does not predict`);
  const classes = signature.classes?.map((label) => decoded(label, labels, shown));
  return withPredict(model, { ...signature, ...(classes && { classes }) }, (output) => ({
    ...output,
    data: Array.from(output.data, (number, row) => decoded(number, labels, shown, row)),
  }));
}

function decoded(number: Scalar, labels: readonly Scalar[], shown: string, row?: number): Scalar {
  const place = typeof number === "string" && /^\d{1,9}$/.test(number) ? Number(number) : number;
  const label = typeof place === "number" ? labels[place] : undefined;
  if (label !== undefined) return label;
  const where = row === undefined ? "the class" : `row ${row + 1}: the prediction`;
  throw new ModelError(
    "chain-decode",
    `${shown} has no label for ${where} ${String(number)}; it has ${labels.length} labels, from number 0 on`,
    row === undefined ? {} : { place: { row: row + 1 } },
  );
}

/**
 * The model whose predict returns the second class where its probability is at least the threshold.
 * @throws ModelError "chain-threshold" unless the model has two classes and predict_proba
 */
export function withThreshold(model: Model, threshold: number): Model {
  const { signature } = model;
  const probabilities = signature.methods.find(({ name }) => name === "predict_proba");
  const [first, second, ...others] = signature.classes ?? [];
  if (!probabilities || first === undefined || second === undefined || others.length > 0) {
    const found = probabilities ? `${signature.classes?.length ?? "an unknown number of"} classes` : "no predict_proba";
    throw new ModelError(
      "chain-threshold",
      `A threshold needs predict_proba of two classes; ${signature.type} has ${found}`,
    );
  }
  const parameters = { ...signature.parameters, threshold };
  return {
    signature: { ...signature, parameters },
    run(method, table) {
      if (method !== "predict") return model.run(method, table);
      return then(model.run("predict_proba", table), ({ shape, data }) => {
        const [rows = 0] = shape;
        // numpy compares 32-bit floats with a number of Python in 32 bits.
        const least = data instanceof Float32Array ? Math.fround(threshold) : threshold;
        return {
          shape: [rows],
          data: Array.from({ length: rows }, (_, row) => (Number(data[2 * row + 1]) >= least ? second : first)),
        };
      });
    },
  };
}

/**
 * The model whose predictions are those of a function of numpy: `np.expm1(model.predict(X))`.
 * @throws ModelError "chain-inverse" unless predict returns numbers
 */
export function withInverse(model: Model, name: string): Model {
  const { signature } = model;
  const predict = signature.methods.find((method) => method.name === "predict");
  const inverse = ufuncOf(new Global("numpy", name));
  const inverse32 = ufunc32Of(new Global("numpy", name));
  if (predict?.output.kind !== "number" || !inverse || !inverse32) {
    throw new ModelError(
      "chain-inverse",
      `inverse_func needs predictions that are numbers; ${signature.type} has none`,
    );
  }
  const parameters = { ...signature.parameters, inverse_func: name };
  return {
    signature: { ...signature, parameters },
    run(method, table) {
      const output = model.run(method, table);
      if (method !== "predict") return output;
      return then(output, (numbers) => ({
        ...numbers,
        data:
          numbers.data instanceof Float32Array
            ? numbers.data.map(inverse32)
            : Float64Array.from(numbers.data, (number) => inverse(Number(number))),
      }));
    },
  };
}

function withPredict(model: Model, signature: Signature, change: (output: Output) => Output): Model {
  const methods = signature.methods.map((method) =>
    method.name === "predict" ? { ...method, output: { ...method.output, kind: "label" as const } } : method,
  );
  return {
    signature: { ...signature, methods },
    run: (method: MethodName, table) => {
      const output = model.run(method, table);
      return method === "predict" ? then(output, change) : output;
    },
  };
}

/** A result may be a promise where the engine is asynchronous. */
function then(output: Output | Promise<Output>, change: (output: Output) => Output): Output | Promise<Output> {
  return output instanceof Promise ? output.then(change) : change(output);
}
