import type { Family } from "../estimator/family.js";
import { columnClasses } from "./columns.js";
import { stackingClasses } from "./stacking.js";
import { votingClass } from "./voting.js";

export const family: Family = {
  module: "mlxtend",
  classes: [...columnClasses, ...stackingClasses, votingClass],
  inertClasses: [],
};
