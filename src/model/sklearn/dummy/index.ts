import type { Family } from "../../estimator/family.js";
import { dummyClasses } from "./dummy.js";

export const family: Family = {
  module: "sklearn.dummy",
  classes: [...dummyClasses],
  inertClasses: [],
};
