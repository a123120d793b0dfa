import { type Family, inertObjects } from "../../estimator/family.js";
import { multiclassClasses } from "./multiclass.js";

export const family: Family = {
  module: "sklearn.multiclass",
  classes: [...multiclassClasses],
  inertClasses: inertObjects(["sklearn.multiclass"], "_ConstantPredictor"),
};
