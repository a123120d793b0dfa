import { float64Array, float64Scalar, int32Array, int64Array, objectArray, textArray } from "../pickle/numpy.js";
import {
  bool,
  dict,
  float,
  global,
  int,
  none,
  object,
  type PythonValue,
  str,
  tuple,
  writePickle,
} from "../pickle/writer.js";
import type { Svc } from "./fit.js";

/** The version whose attributes are written. scikit-learn 1.2 to 1.8 load them; other versions than this one warn. */
const scikitLearnVersion = "1.6.1";

/** The pickle that scikit-learn writes for an SVC fitted to the same rows; scikit-learn can load it. */
export function pickleOf(svc: Svc): Uint8Array {
  return writePickle(object(global("sklearn.svm._classes", "SVC"), dict(stateOf(svc))));
}

function stateOf({ options, dataset, gamma, solution, probability }: Svc): Record<string, PythonValue> {
  const { featureNames, classes, y } = dataset;
  const { support, supportCounts, dualCoef, intercept, iterations, converged } = solution;
  const columns = featureNames.length;
  const vectors = new Float64Array(support.length * columns);
  for (const [i, row] of support.entries())
    vectors.set(dataset.x.subarray(row * columns, (row + 1) * columns), i * columns);
  // scikit-learn's public attributes of binary models have the sign of the second class; private ones keep libsvm's
  // sign.
  const sign = classes.length === 2 ? -1 : 1;
  const coefShape = [classes.length - 1, support.length];
  return {
    decision_function_shape: str("ovr"),
    break_ties: bool(false),
    kernel: str(options.kernel),
    degree: int(options.degree),
    gamma: typeof options.gamma === "number" ? float(options.gamma) : str(options.gamma),
    coef0: float(options.coef0),
    tol: float(0.001),
    C: float(options.C),
    nu: float(0),
    epsilon: float(0),
    shrinking: bool(true),
    probability: bool(options.probability),
    cache_size: int(200),
    class_weight: none,
    verbose: bool(false),
    max_iter: int(-1),
    random_state: int(options.seed),
    _sparse: bool(false),
    feature_names_in_: objectArray(featureNames.map(str)),
    n_features_in_: int(columns),
    class_weight_: float64Array(classes.map(() => 1)),
    classes_: classes.every((value) => typeof value === "number")
      ? int64Array(classes)
      : textArray(classes.map(String)),
    _gamma: float64Scalar(gamma),
    support_: int32Array(support),
    support_vectors_: float64Array(vectors, [support.length, columns]),
    _n_support: int32Array(supportCounts),
    dual_coef_: float64Array(
      dualCoef.map((value) => sign * value),
      coefShape,
    ),
    intercept_: float64Array(intercept.map((value) => sign * value)),
    _probA: float64Array(probability.map(({ A }) => A)),
    _probB: float64Array(probability.map(({ B }) => B)),
    fit_status_: int(converged ? 0 : 1),
    _num_iter: int32Array(iterations),
    shape_fit_: tuple(int(y.length), int(columns)),
    _intercept_: float64Array(intercept),
    _dual_coef_: float64Array(dualCoef, coefShape),
    n_iter_: int32Array(iterations),
    _sklearn_version: str(scikitLearnVersion),
  };
}
