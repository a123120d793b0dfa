import type { Inputs } from "../../estimator/inputs.js";

/** One column of documents. */
export const textInputs: Inputs = {
  count: 1,
  named: false,
  missing: false,
  features: () => [{ name: "text", kind: "text", missing: false }],
};
