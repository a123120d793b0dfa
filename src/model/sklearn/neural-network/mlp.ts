// Multi-layer perceptrons.

import type { ModelMethod } from "../../core/create-model.js";
import {
  type FillRow,
  labelForRow,
  labelOfLargest,
  logarithmOf,
  numberForRow,
  numbersForRow,
} from "../../core/methods.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { readBinarizedClasses } from "../../estimator/binarized-classes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { expit, softmaxInPlace } from "../../estimator/links.js";
import { flagsAbove } from "../../estimator/several-flags.js";
import { exp } from "../../math/exp.js";
import { NdArray } from "../../numpy/ndarray.js";
import type { Value } from "../../pickle/values.js";

const paths = ["sklearn.neural_network._multilayer_perceptron", "sklearn.neural_network.multilayer_perceptron"];

export const mlpClasses: readonly EstimatorClass[] = [
  { name: "MLPClassifier", paths, read: readClassifier },
  { name: "MLPRegressor", paths, read: readRegressor },
];

/** Layers of one network. */
const layersMax = 1_000;

/** Changes `width` values from `start` on in place. */
type Activation = (values: Float64Array, start: number, width: number) => void;

function eachValue(f: (value: number) => number): Activation {
  return (values, start, width) => {
    for (let index = start; index < start + width; index++) values[index] = f(values[index]!);
  };
}

const activations: ReadonlyMap<Value | undefined, Activation> = new Map<string, Activation>([
  ["identity", () => {}],
  // V8 has the same algorithm as the C library that numpy calls; numpy's own differs from it by as much as from the
  // true value.
  ["tanh", eachValue(Math.tanh)],
  ["logistic", eachValue(expit)],
  // numpy.maximum(x, 0): NaN stays NaN, and -0 becomes 0.
  ["relu", eachValue((value) => Math.max(value, 0))],
  ["exp", eachValue(exp)],
  ["softmax", softmaxInPlace],
]);

/** Weights to `width` units: row i has those of the i-th unit before. */
interface Layer {
  readonly inputs: number;
  readonly width: number;
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
  readonly activation: Activation;
  /** Filled for one row at a time. */
  readonly units: Float64Array;
}

interface Network {
  readonly features: number;
  readonly outputs: number;
  readonly fill: FillRow;
}

function readRegressor(attributes: EstimatorAttributes): EstimatorDefinition {
  const { features, outputs, fill } = readNetwork(attributes);
  const one = new Float64Array(1);
  const predict =
    outputs === 1
      ? numberForRow((data, start) => {
          fill(data, start, one, 0);
          return one[0]!;
        })
      : numbersForRow(outputs, fill);
  return network(attributes, features, new Map([["predict", predict]]));
}

function readClassifier(attributes: EstimatorAttributes): EstimatorDefinition {
  const { classes, several } = readBinarizedClasses(attributes);
  const { features, outputs, fill } = readNetwork(attributes);
  if (outputs !== (classes.length === 2 && !several ? 1 : classes.length)) {
    throw attributes.inconsistent(`${classes.length} classes and ${outputs} units of output`);
  }
  const one = new Float64Array(1);
  const second = (data: Float64Array, start: number): number => {
    fill(data, start, one, 0);
    return one[0]!;
  };
  const pair: FillRow = (data, start, out, outStart) => {
    const probability = second(data, start);
    out[outStart] = 1 - probability;
    out[outStart + 1] = probability;
  };
  const probabilities = outputs === 1 ? numbersForRow(2, pair) : numbersForRow(outputs, fill);
  const predict = several
    ? flagsAbove(probabilities, 0.5)
    : outputs === 1
      ? labelForRow(classes, (data, start) => (classes.length === 2 && second(data, start) > 0.5 ? 1 : 0))
      : labelOfLargest(classes, probabilities);
  const methods = new Map<MethodName, ModelMethod>([
    ["predict", predict],
    ["predict_proba", probabilities],
    ["predict_log_proba", logarithmOf(probabilities)],
  ]);
  return { ...network(attributes, features, methods), classes };
}

function network(
  attributes: EstimatorAttributes,
  features: number,
  methods: ReadonlyMap<MethodName, ModelMethod>,
): EstimatorDefinition {
  return {
    inputs: numberInputs(attributes, features, false),
    methods,
    parameters: attributes.parameters("activation", "solver", "n_layers_"),
  };
}

function readNetwork(attributes: EstimatorAttributes): Network {
  const layers = readLayers(attributes);
  const last = layers.at(-1)!;
  const fill: FillRow = (data, start, out, outStart) => {
    let [values, from] = [data, start];
    for (const layer of layers) {
      fillUnits(layer, values, from);
      values = layer.units;
      from = 0;
    }
    out.set(last.units, outStart);
  };
  return { features: layers[0]!.inputs, outputs: last.width, fill };
}

function readLayers(attributes: EstimatorAttributes): readonly Layer[] {
  const [coefs, intercepts] = [attributes.get("coefs_"), attributes.get("intercepts_")];
  if (!Array.isArray(coefs) || coefs.length === 0 || coefs.length > layersMax) {
    throw attributes.expected(`a list of 1 to ${layersMax} arrays`, ["coefs_"], coefs);
  }
  if (!Array.isArray(intercepts)) throw attributes.expected("a list of arrays", ["intercepts_"], intercepts);
  return coefs.map((weights, index) => {
    const before: Value | undefined = coefs[index - 1];
    const constants = intercepts[index];
    if (!(weights instanceof NdArray) || weights.shape.length !== 2 || !(constants instanceof NdArray)) {
      throw attributes.inconsistent(`coefs_ and intercepts_ are not arrays at ${index}`);
    }
    const [inputs, width] = weights.shape;
    if (constants.size !== width || (before instanceof NdArray && before.shape[1] !== inputs) || width === 0) {
      throw attributes.inconsistent(`layer ${index + 1} does not fit the one before or its intercepts`);
    }
    return {
      inputs: inputs!,
      width: width!,
      weights: weights.toNumbers(),
      intercepts: constants.toNumbers(),
      activation: readActivation(attributes, index === coefs.length - 1 ? "out_activation_" : "activation"),
      units: new Float64Array(width!),
    };
  });
}

function readActivation(attributes: EstimatorAttributes, name: string): Activation {
  const activation = activations.get(attributes.get(name));
  if (!activation) throw attributes.expected("an activation function's name", [name], attributes.get(name));
  return activation;
}

/** Adds the products unit by unit of the layer before, as a product of matrices does. */
function fillUnits(
  { inputs, width, weights, intercepts, activation, units }: Layer,
  values: Float64Array,
  start: number,
): void {
  units.fill(0);
  for (let input = 0; input < inputs; input++) {
    const value = values[start + input]!;
    const from = input * width;
    for (let unit = 0; unit < width; unit++) units[unit] = units[unit]! + value * weights[from + unit]!;
  }
  for (let unit = 0; unit < width; unit++) units[unit] = units[unit]! + intercepts[unit]!;
  activation(units, 0, width);
}
