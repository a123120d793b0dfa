import { createModel } from "../core/create-model.js";
import type { Model } from "../core/model.js";
import type { Estimator } from "../estimator/estimator.js";

/** An estimator as a model. `libraries`: versions of other libraries that the file records. */
export function estimatorModel(
  estimator: Estimator,
  format: string,
  libraries: Readonly<Record<string, string>>,
): Model {
  const { type, version, libraries: own, inputs, classes, parameters, methods } = estimator;
  return createModel({
    signature: {
      format,
      type,
      libraries: { ...(version === undefined ? {} : { "scikit-learn": version }), ...own, ...libraries },
      features: inputs.features(),
      named: inputs.named,
      ...(classes && { classes }),
      parameters,
    },
    methods,
  });
}
