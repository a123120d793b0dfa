// What to say of a global that is not allowed.

import type { TepalError } from "../../base/index.js";
import { ownCode } from "../core/hints.js";
import { ModelError } from "../errors.js";
import type { GlobalName } from "../pickle/allow-list.js";
import { printable } from "../pickle/text.js";
import { allEstimatorClasses } from "./registry.js";

const runsCode =
  "A model does not need this name: loading the file in Python would run it. Do not load the file in Python, and check where it comes from.";

/** Of Python's builtins, those that neither run code nor read attributes, files or input. */
const harmlessBuiltins =
  /^(classmethod|encode|format|format_map|id|iter|maketrans|memoryview|property|staticmethod|super|translate|type|[A-Z]\w*(Error|Exception|Warning))$/;

/** Hints by module and name: the first row that matches. */
const hints: readonly { readonly module: RegExp; readonly name?: RegExp; readonly hint: string }[] = [
  {
    module: /^(builtins|__builtin__)(\.str)?$/,
    name: harmlessBuiltins,
    hint: `It is a function of Python that predictions do not use. ${ownCode} Or save the fitted scikit-learn estimator without it.`,
  },
  {
    module:
      /^(os|nt|posix|subprocess|sys|builtins|__builtin__|runpy|pty|socket|shutil|importlib|commands|webbrowser|code|timeit)(\.|$)/,
    hint: runsCode,
  },
  { module: /\./, name: /^__\w+__$/, hint: runsCode },
  {
    module: /^__main__$/,
    hint: `This class or function was defined in the training script, and its code is not in the file. ${ownCode} Or save the fitted scikit-learn estimator without it.`,
  },
  {
    module: /^(cloudpickle|dill)(\.|$)/,
    name: /type|class|skel(eton)?_|enum|namedtuple/,
    hint: `The file defines a Python class of the training script, with its code. ${ownCode} Or save the fitted scikit-learn estimator that it wraps, with pickle or joblib.`,
  },
  {
    module: /^(cloudpickle|dill)(\.|$)/,
    name: /function|func$|code|cell|lambda|subimport/,
    hint: `The file holds the code of a Python function: a lambda, or a function of the training script. ${ownCode} Or remove it from the pipeline and save with pickle or joblib.`,
  },
  {
    module: /^(cloudpickle|dill)(\.|$)/,
    hint: "Save the fitted estimator with pickle or joblib.",
  },
  {
    module: /^(torch|tensorflow|keras|onnxruntime|transformers|statsmodels)(\.|$)/,
    hint: "Pickles of this library's models are not supported. Pickles of scikit-learn estimators are.",
  },
  {
    module: /^joblib(\.|$)/,
    hint: "Save the model again with joblib.dump of joblib 0.10 or newer.",
  },
];

const defaultHint = `Tepal supports the classes of scikit-learn, numpy and Python that predictions need. ${ownCode} Or save the fitted scikit-learn estimator without this class.`;

/** The error for a name that is not in the allow-list. @param others how many more such names the file has */
export async function unknownGlobalError(
  { module, name }: GlobalName,
  byte: number,
  others: number,
): Promise<TepalError> {
  const path = `${printable(module)}.${printable(name)}`;
  const more = others > 0 ? `, and ${others} more such names` : "";
  const place = { byte };
  if (/^sklearn\.([a-z_]+\.)*[a-z_]+$/.test(module) && /^[A-Z]\w*$/.test(name)) {
    return new ModelError("estimator-unsupported", `scikit-learn's ${path} is not supported (byte ${byte}${more})`, {
      place,
      hint: await nearby(module),
    });
  }
  const hint = hints.find((row) => row.module.test(module) && (row.name?.test(name) ?? true))?.hint ?? defaultHint;
  return new ModelError(
    "pickle-global-rejected",
    `The file names ${path} at byte ${byte}, which is not allowed${more}`,
    { place, hint },
  );
}

/** The supported estimators of the same part of scikit-learn, or all. */
async function nearby(module: string): Promise<string> {
  const part = module.split(".").slice(0, 2).join(".");
  const estimatorClasses = await allEstimatorClasses();
  const same = estimatorClasses.filter((row) => row.module === part);
  const where = same.length > 0 ? `Supported in ${part}` : "Supported estimators";
  return `${where}: ${(same.length > 0 ? same : estimatorClasses).map(({ name }) => name).join(", ")}.`;
}
