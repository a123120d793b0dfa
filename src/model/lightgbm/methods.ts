// The methods of a LightGBM model, as a booster and as a classifier of its scikit-learn interface.

import type { ModelMethod } from "../core/create-model.js";
import { matrixOf } from "../core/matrix.js";
import { argmax } from "../core/methods.js";
import type { Feature, MethodName, Scalar, Table } from "../core/model.js";
import type { Booster } from "./booster.js";
import { zeroThreshold } from "./trees.js";

/** A classifier of LightGBM's scikit-learn interface. */
export interface Classifier {
  /** The labels that `predict` returns. */
  readonly classes: readonly Scalar[];
  readonly hasDecisionFunction: boolean;
}

/**
 * Exactly the methods of the Python class: where it has no decision_function, a wrapper of scikit-learn uses the
 * probabilities.
 * @param classifier absent: `predict` returns what Booster.predict returns
 */
export function boosterMethods(
  booster: Booster,
  rounds: number,
  classifier?: Classifier,
): ReadonlyMap<MethodName, ModelMethod> {
  const own = rowsOf(booster, rounds, true);
  if (!classifier) return new Map([["predict", own]]);
  const { classes, hasDecisionFunction } = classifier;
  const probabilities = booster.outputs > 1 ? own : bothClasses(own);
  const width = classes.length;
  const labels: ModelMethod = {
    output: { kind: "label" },
    run(table) {
      const { data } = probabilities.run(table);
      const values = Float64Array.from(data, Number);
      return {
        shape: [table.rows],
        data: Array.from({ length: table.rows }, (_, row) => classes[argmax(values, row * width, width)]!),
      };
    },
  };
  const methods = new Map<MethodName, ModelMethod>([
    ["predict", labels],
    ["predict_proba", probabilities],
  ]);
  return hasDecisionFunction ? methods.set("decision_function", rowsOf(booster, rounds, false)) : methods;
}

function rowsOf(booster: Booster, rounds: number, converts: boolean): ModelMethod {
  const { outputs } = booster;
  return {
    output: { kind: "number", ...(outputs > 1 && { columns: outputs }) },
    run(table) {
      const { rows, columns, data } = matrixOf(coded(table, booster.features));
      const out = new Float64Array(rows * outputs);
      const row = new Float64Array(columns);
      const sums = new Float64Array(outputs);
      for (let index = 0; index < rows; index++) {
        for (let column = 0; column < columns; column++) {
          const value = data[index * columns + column]!;
          row[column] = Math.abs(value) <= zeroThreshold ? 0 : value;
        }
        booster.sums(row, sums, rounds);
        if (converts) booster.convert(sums, rounds);
        out.set(sums, index * outputs);
      }
      return { shape: outputs > 1 ? [rows, outputs] : [rows], data: out };
    },
  };
}

/**
 * Categories by their numbers, as pandas codes them; one that was not there in training is missing, as LightGBM has it.
 */
function coded(table: Table, features: readonly Feature[]): Table {
  if (table.kind !== "frame") return table;
  return {
    ...table,
    columns: table.columns.map((column, index) => {
      const { categories } = features[index]!;
      if (!categories) return column;
      const codes = new Map(categories.map((category, code) => [category, code]));
      return column.map((value) => codes.get(value) ?? null);
    }),
  };
}

/** [1 - p, p] */
function bothClasses(probabilities: ModelMethod): ModelMethod {
  return {
    output: { kind: "number", columns: 2 },
    run(table) {
      const { data } = probabilities.run(table);
      const out = new Float64Array(2 * data.length);
      for (let row = 0; row < data.length; row++) {
        out[2 * row] = 1 - Number(data[row]);
        out[2 * row + 1] = Number(data[row]);
      }
      return { shape: [data.length, 2], data: out };
    },
  };
}
