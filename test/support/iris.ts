import type { Signature } from "../../src/model/index.js";

/** What examples/iris/iris_model.sav is, for tests that need a signature and no model. */
export const irisSignature: Signature = {
  format: "pickle",
  type: "sklearn.svm.SVC",
  libraries: { "scikit-learn": "0.23.2" },
  features: ["x0", "x1", "x2", "x3"].map((name) => ({ name, kind: "number", missing: false })),
  named: false,
  classes: [0, 1, 2],
  methods: [
    { name: "predict", output: { kind: "label" } },
    { name: "predict_proba", output: { kind: "number", columns: 3 } },
    { name: "decision_function", output: { kind: "number", columns: 3 } },
  ],
  parameters: { kernel: "rbf", C: 1 },
};
