// The LabelBinarizer inside some classifiers: which labels they predict.

import type { Scalar } from "../core/model.js";
import { Instance } from "../pickle/values.js";
import { EstimatorAttributes } from "./attributes.js";

/** The labels of a classifier, and whether a row gets any number of them. */
interface BinarizedClasses {
  readonly classes: readonly Scalar[];
  /** Whether each class is predicted separately, by 0 or 1. */
  readonly several: boolean;
}

/** Reads `_label_binarizer`. Of labels fitted as a matrix of 0 and 1, its classes are the columns' numbers. */
export function readBinarizedClasses(owner: EstimatorAttributes): BinarizedClasses {
  const value = owner.get("_label_binarizer", "label_binarizer_");
  if (!(value instanceof Instance)) throw owner.expected("a LabelBinarizer", ["_label_binarizer"], value);
  const attributes = new EstimatorAttributes(value, owner.type);
  return { classes: attributes.classes(), several: String(attributes.get("y_type_")).startsWith("multilabel") };
}
