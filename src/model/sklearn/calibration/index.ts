import { type Family, inertObjects } from "../../estimator/family.js";
import { calibratedClass } from "./calibrated-classifier.js";

export const family: Family = {
  module: "sklearn.calibration",
  classes: [calibratedClass],
  inertClasses: inertObjects(
    ["sklearn.calibration"],
    "_CalibratedClassifier",
    "_SigmoidCalibration",
    "_TemperatureScaling",
  ),
};
