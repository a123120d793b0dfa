import type { Family } from "../../estimator/family.js";
import { isotonicClass } from "./isotonic.js";

export const family: Family = {
  module: "sklearn.isotonic",
  classes: [isotonicClass],
  inertClasses: [],
};
