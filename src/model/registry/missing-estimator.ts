// What to say of a file's content that is not an estimator: what people keep beside a model is often read alone.

import type { TepalError } from "../../base/index.js";
import { ownCode } from "../core/hints.js";
import { ModelError } from "../errors.js";
import { NdArray } from "../numpy/ndarray.js";
import { Dict, Instance, kindOf, OwnClass, Tuple, type Value } from "../pickle/values.js";

/** The error for a file, or a member of one, without an estimator. @param role identifies the value in the message */
export function missingEstimatorError(value: Value | undefined, role: string): TepalError {
  const hint = hintFor(value);
  const isContainer = value instanceof Dict || value instanceof Tuple || Array.isArray(value);
  const found = isContainer ? `${kindOf(value)} without one` : kindOf(value);
  return new ModelError(
    "estimator-missing",
    `Expected an estimator as ${role}, found ${found}`,
    hint === undefined ? {} : { hint },
  );
}

function hintFor(value: Value | undefined): string | undefined {
  if (value instanceof Instance && value.global instanceof OwnClass) {
    return `The code of this class is not in the file. ${ownCode}`;
  }
  const items = value instanceof Tuple ? value.items : value;
  if (Array.isArray(items) && items.length > 0 && items.every((item) => typeof item === "string")) {
    return "It is a list of names. If they are the columns of a model, name the file as columns in a spec file (tepal.yaml), with the model in steps.";
  }
  if (value instanceof Dict && value.entries.size > 0) {
    return [...value.entries.values()].every((item) => item instanceof Dict)
      ? "It is a dict of dicts. If they map the categories of columns to numbers, name it in a spec file (tepal.yaml) as a step before the model: - {file: FILE, each: true}."
      : "Name the file of the model. A dict of numbers and labels can be the decode of a spec file (tepal.yaml).";
  }
  if (value instanceof Instance && value.global.module.startsWith("pandas")) {
    return "It is a table of pandas, not a model: name the file of the model. Labels of columns (an Index) can be the columns of a spec file (tepal.yaml).";
  }
  if (value instanceof NdArray || typeof value === "number") {
    return "It is data, not a model: name the file of the model. A number can be the threshold, and an array of names the columns, of a spec file (tepal.yaml).";
  }
  return undefined;
}
