// The methods of a booster, and of a classifier or regressor of XGBoost's scikit-learn interface.

import { CellError } from "../core/cell-error.js";
import type { ModelMethod } from "../core/create-model.js";
import { matrixOf } from "../core/matrix.js";
import { bothClasses } from "../core/methods.js";
import type { MethodName, Scalar } from "../core/model.js";
import type { Booster } from "./booster.js";
import { type Objective, transformMargins } from "./objectives.js";

interface Use {
  /** The value that means a missing one. */
  readonly missing: number;
  /** The labels that `predict` returns; absent: it returns what Booster.predict returns. */
  readonly classes?: readonly Scalar[];
  /** Trees that are used. */
  readonly trees: number;
  /** Whether it is a model of XGBoost's scikit-learn interface, not a bare booster. */
  readonly wrapped: boolean;
}

/**
 * Exactly the methods of the Python class: neither a Booster nor a wrapper has decision_function, and scikit-learn's
 * wrappers would prefer it.
 */
export function boosterMethods(booster: Booster, use: Use): ReadonlyMap<MethodName, ModelMethod> {
  const { groups, objective } = booster;
  const own =
    objective.transform === "argmax" ? largest(booster, use) : rowsOf(booster, use, groups, objective.transform);
  if (!use.classes) return new Map([["predict", own]]);
  const isMulti = groups > 1 && objective.transform !== "sigmoid";
  const probabilities = rowsOf(
    booster,
    use,
    groups,
    objective.transform === "argmax" ? "softmax" : objective.transform,
  );
  return new Map([
    ["predict", isMulti ? labeled(largest(booster, use), use.classes) : above(probabilities, groups, use.classes)],
    ["predict_proba", groups > 1 ? probabilities : bothClasses(probabilities)],
  ]);
}

/** Returns each row's transformed margins. */
function rowsOf(booster: Booster, use: Use, width: number, transform: Objective["transform"]): ModelMethod {
  return {
    output: { kind: "number", ...(width > 1 && { columns: width }) },
    run(table) {
      const { rows, columns, data } = matrixOf(table);
      const out = new Float32Array(rows * width);
      const row = new Float32Array(columns);
      const values = new Float32Array(width);
      for (let index = 0; index < rows; index++) {
        readRow(data, index, row, use.missing);
        booster.margins(row, values, use.trees, use.wrapped);
        transformMargins(transform, values);
        out.set(values, index * width);
      }
      return { shape: width > 1 ? [rows, width] : [rows], data: out };
    },
  };
}

/** The number of the largest margin: the first one on a tie. */
function largest(booster: Booster, use: Use): ModelMethod {
  const { groups } = booster;
  const margins = rowsOf(booster, use, groups, "margin");
  return {
    output: { kind: "number" },
    run(table) {
      const { data } = margins.run(table);
      const rows = table.rows;
      const out = new Float32Array(rows);
      for (let row = 0; row < rows; row++) {
        let best = 0;
        for (let group = 1; group < groups; group++)
          if (Number(data[row * groups + group]) > Number(data[row * groups + best])) best = group;
        out[row] = best;
      }
      return { shape: [rows], data: out };
    },
  };
}

function labeled(numbers: ModelMethod, classes: readonly Scalar[]): ModelMethod {
  return {
    output: { kind: "label" },
    run(table) {
      const { shape, data } = numbers.run(table);
      return { shape, data: Array.from(data, (number) => classes[Number(number)]!) };
    },
  };
}

/** The second class where its probability is more than a half: one label a row, or one of each of several outputs. */
function above(probabilities: ModelMethod, groups: number, classes: readonly Scalar[]): ModelMethod {
  const labels: readonly Scalar[] = groups > 1 ? [0, 1] : classes;
  return {
    output: { kind: "label", ...(groups > 1 && { columns: groups }) },
    run(table) {
      const { shape, data } = probabilities.run(table);
      return { shape, data: Array.from(data, (probability) => labels[Number(probability) > 0.5 ? 1 : 0]!) };
    },
  };
}

function readRow(data: Float64Array, index: number, row: Float32Array, missing: number): void {
  const start = index * row.length;
  for (let column = 0; column < row.length; column++) {
    const value = data[start + column]!;
    const float = Math.fround(value);
    if (Number.isFinite(value) && !Number.isFinite(float)) {
      throw new CellError(
        "input-too-large",
        index,
        column,
        (where) => `${value} at ${where} is too large for a 32-bit float, which XGBoost computes with`,
      );
    }
    row[column] = float === missing ? Number.NaN : float;
  }
}
