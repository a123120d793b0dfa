// What to say of a global that is not allowed.

import type { TepalError } from "../../base/index.js";
import { ownCode } from "../core/hints.js";
import { ModelError } from "../errors.js";
import type { GlobalName } from "../pickle/allow-list.js";
import { printable } from "../pickle/text.js";
import { allEstimatorClasses } from "./registry.js";

interface Hint {
  readonly module: RegExp;
  readonly name?: RegExp;
  readonly hint: string;
}

/** Libraries whose models are pickled, and which Tepal does not read. */
const libraries: Hint = {
  module:
    /^(torch|tensorflow|keras|scikeras|onnxruntime|transformers|sentence_transformers|statsmodels|pmdarima|prophet|fbprophet|surprise|implicit|lifelines|pyspark|h2o|gensim|nltk|spacy|spellchecker)(\.|$)/,
  hint: `Pickles of this library's objects are not supported. Pickles of scikit-learn estimators are. ${ownCode}`,
};

const runsCode =
  "A model does not need this name: loading the file in Python would run it. Do not load the file in Python, and check where it comes from.";

/** Of Python's builtins, those that neither run code nor read attributes, files or input. */
const harmlessBuiltins =
  /^(classmethod|encode|format|format_map|id|iter|maketrans|memoryview|property|staticmethod|super|translate|type|[A-Z]\w*(Error|Exception|Warning))$/;

/** Names that run code when Python loads the file. */
const commands: Hint = {
  module:
    /^(os|nt|posix|subprocess|sys|builtins|__builtin__|runpy|pty|socket|shutil|importlib|commands|webbrowser|code|timeit)(\.|$)/,
  hint: runsCode,
};

const trainingScript: Hint = {
  module: /^__main__$/,
  hint: `This class or function was defined in the training script, and its code is not in the file. ${ownCode} Or save the fitted scikit-learn estimator without it.`,
};

/** Hints by module and name: the first row that matches. */
const hints: readonly Hint[] = [
  {
    module: /^(builtins|__builtin__)(\.str)?$/,
    name: harmlessBuiltins,
    hint: `It is a function of Python that predictions do not use. ${ownCode} Or save the fitted scikit-learn estimator without it.`,
  },
  commands,
  { module: /\./, name: /^__\w+__$/, hint: runsCode },
  trainingScript,
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
    module: /^(shap|lime|eli5|alibi)(\.|$)/,
    hint: `This object explains the predictions of a model, and is not a model: name the file of the model. To serve explanations too: ${ownCode}`,
  },
  libraries,
  {
    module: /^joblib(\.|$)/,
    hint: "Save the model again with joblib.dump of joblib 0.10 or newer.",
  },
];

const defaultHint = `Tepal supports the classes of scikit-learn, numpy and Python that predictions need. ${ownCode} Or save the fitted scikit-learn estimator without this class.`;

/** Other names that an error lists. */
const shownMax = 3;

/**
 * The error for a name that is not in the allow-list.
 * @param others the other such names of the file
 */
export async function unknownGlobalError(
  { module, name }: GlobalName,
  byte: number,
  others: readonly GlobalName[],
): Promise<TepalError> {
  const path = pathOf({ module, name });
  const more = moreNames(others);
  const place = { byte };
  if (/^sklearn\.([a-z_]+\.)*[a-z_]+$/.test(module) && /^[A-Z]\w*$/.test(name)) {
    return new ModelError("estimator-unsupported", `scikit-learn's ${path} is not supported (byte ${byte}${more})`, {
      place,
      hint: await nearby(module),
    });
  }
  return new ModelError(
    "pickle-global-rejected",
    `The file names ${path} at byte ${byte}, which is not allowed${more}`,
    { place, hint: hintFor({ module, name }, others) },
  );
}

function moreNames(others: readonly GlobalName[]): string {
  if (others.length === 0) return "";
  const shown = others.slice(0, shownMax).map(pathOf).join(", ");
  return `, and ${others.length} more such names: ${shown}${others.length > shownMax ? ", ..." : ""}`;
}

function pathOf({ module, name }: GlobalName): string {
  return `${printable(module)}.${printable(name)}`;
}

/** `getattr` is how Python pickles a method: of a file of one of the libraries, that library is what to name. */
function hintFor(first: GlobalName, others: readonly GlobalName[]): string {
  const isMethod = first.name === "getattr" && /^(builtins|__builtin__)$/.test(first.module);
  if (
    isMethod &&
    others.some(({ module }) => libraries.module.test(module)) &&
    !others.some((other) => matches(commands, other))
  ) {
    return libraries.hint;
  }
  return hints.find((row) => matches(row, first))?.hint ?? defaultHint;
}

/** Whether a name can be a class of the author's own code: it is of no library with a hint, and runs no command. */
export function mayBeOwnClass(global: GlobalName): boolean {
  if (/^(sklearn|numpy|scipy|pandas|joblib)(\.|$)/.test(global.module)) return false;
  const row = hints.find((each) => matches(each, global));
  return row === undefined || row === trainingScript;
}

function matches(row: Hint, { module, name }: GlobalName): boolean {
  return row.module.test(module) && (row.name?.test(name) ?? true);
}

/** The supported estimators of the same part of scikit-learn, or all. */
async function nearby(module: string): Promise<string> {
  const part = module.split(".").slice(0, 2).join(".");
  const estimatorClasses = await allEstimatorClasses();
  const same = estimatorClasses.filter((row) => row.module === part);
  const where = same.length > 0 ? `Supported in ${part}` : "Supported estimators";
  return `${where}: ${(same.length > 0 ? same : estimatorClasses).map(({ name }) => name).join(", ")}.`;
}
