import type { Family } from "../../estimator/family.js";
import { multiOutputClasses } from "./multioutput.js";

export const family: Family = {
  module: "sklearn.multioutput",
  classes: [...multiOutputClasses],
  inertClasses: [],
};
