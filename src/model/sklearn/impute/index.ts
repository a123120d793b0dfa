import { type Family, inertObjects } from "../../estimator/family.js";
import { iterativeImputerClass } from "./iterative-imputer.js";
import { knnImputerClass } from "./knn-imputer.js";
import { simpleImputerClasses } from "./simple-imputer.js";

export const family: Family = {
  module: "sklearn.impute",
  classes: [...simpleImputerClasses, knnImputerClass, iterativeImputerClass],
  inertClasses: inertObjects(["sklearn.impute._iterative"], "_ImputerTriplet"),
};
