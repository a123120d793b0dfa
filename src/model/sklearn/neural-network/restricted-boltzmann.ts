import { numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix, readVector } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { expit } from "../../estimator/links.js";
import { dot } from "../../math/vectors.js";

export const boltzmannClass: EstimatorClass = {
  name: "BernoulliRBM",
  paths: ["sklearn.neural_network._rbm", "sklearn.neural_network.rbm"],
  read: readBoltzmann,
};

/**
 * The probability of each hidden unit. (score_samples flips a random column of each row, so it is not deterministic.)
 */
function readBoltzmann(attributes: EstimatorAttributes): EstimatorDefinition {
  const { rows, columns, data } = readMatrix(attributes, ["components_"]);
  const intercept = readVector(attributes, ["intercept_hidden_"], rows);
  const transform = numbersForRow(rows, (row, start, out, at) => {
    for (let unit = 0; unit < rows; unit++) {
      out[at + unit] = expit(dot(row, start, data, unit * columns, columns) + intercept[unit]!);
    }
  });
  return {
    inputs: numberInputs(attributes, columns, false),
    methods: new Map([["transform", transform]]),
    parameters: { components: rows },
  };
}
