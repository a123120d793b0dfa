import type { About } from "../../src/function/index.js";
import type { Model } from "../../src/model/index.js";

export const aboutAdder: About = {
  name: "adder",
  tepal: "1.2.3",
  files: () => [{ name: "adder.pkl", bytes: 12, digest: "sha256:00" }],
};

/** A model of two numbers whose prediction is their sum; it fails on purpose above 1000. */
export const adder: Model = {
  signature: {
    format: "pickle",
    type: "tests.Adder",
    libraries: {},
    features: [
      { name: "left", kind: "number", missing: false },
      { name: "right", kind: "number", missing: false },
    ],
    named: true,
    methods: [
      { name: "predict", output: { kind: "number" } },
      { name: "transform", output: { kind: "number", columns: 2 } },
    ],
    parameters: {},
  },
  run(method, table) {
    if (table.kind !== "matrix") throw new Error("expected a matrix");
    if (method === "transform") return { shape: [table.rows, 2], data: table.data };
    const sums = Float64Array.from({ length: table.rows }, (_, row) => table.data[2 * row]! + table.data[2 * row + 1]!);
    if (sums.some((sum) => sum > 1000)) throw new Error("the carry fell off");
    return { shape: [table.rows], data: sums };
  },
};
