import { type Family, inertObjects } from "../../estimator/family.js";
import { mlpClasses } from "./mlp.js";
import { boltzmannClass } from "./restricted-boltzmann.js";

export const family: Family = {
  module: "sklearn.neural_network",
  classes: [...mlpClasses, boltzmannClass],
  inertClasses: inertObjects(
    ["sklearn.neural_network._stochastic_optimizers"],
    "AdamOptimizer",
    "BaseOptimizer",
    "SGDOptimizer",
  ),
};
