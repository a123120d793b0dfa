import { createModel } from "../core/create-model.js";
import type { Feature, Model } from "../core/model.js";
import type { Estimator } from "../estimator/estimator.js";
import { outerColumns } from "../estimator/unchanged-columns.js";

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
      features: featuresAlone(estimator),
      named: inputs.named,
      ...(classes && { classes }),
      parameters,
    },
    methods,
  });
}

/**
 * The columns of an estimator that no step follows: one that passes unchanged accepts any value, where a next step
 * would have decided.
 */
function featuresAlone({ inputs, unchanged, keepsMissing }: Estimator): readonly Feature[] {
  const features = inputs.features();
  const passed = outerColumns(unchanged, features.length);
  const isMissingKept = (column: number) =>
    typeof keepsMissing === "boolean" ? keepsMissing : keepsMissing[column] === true;
  return features.map((feature, column) =>
    passed.has(column) && feature.kind === "number"
      ? { ...feature, kind: "category", missing: feature.missing || isMissingKept(column) }
      : feature,
  );
}
