// The metadata of a CatBoost model: its loss function, its class labels and its parameters.

import type { Scalar } from "../core/model.js";
import { Fields, type Json } from "../json/fields.js";
import { printable } from "../pickle/text.js";
import { broken } from "./parts.js";

/** How a model was trained. */
export interface ModelInfo {
  /** "MultiClass"; empty where the file does not say. */
  readonly loss: string;
  /** What `classes_` is; undefined for a model that does not classify. */
  readonly classes: readonly Scalar[] | undefined;
  /** The class of each raw value: a class that was not in the training data has no value. */
  readonly classOfValue: readonly number[];
  /** The probability from which on `predict` returns the second of two classes. */
  readonly threshold: number;
  readonly version: string | undefined;
  readonly parameters: Readonly<Record<string, Scalar>>;
}

/** Loss functions of classifiers. */
const classifying = [
  "Logloss",
  "CrossEntropy",
  "Focal",
  "MultiClass",
  "MultiClassOneVsAll",
  "MultiLogloss",
  "MultiCrossEntropy",
];

/** Classes of one model: a file may declare billions, and each is a number in every row of a result. */
const classesMax = 10_000;

/** Parameters that are shown, and where they are. */
const shown: readonly (readonly [group: string, name: string])[] = [
  ["tree_learner_options", "depth"],
  ["boosting_options", "learning_rate"],
  ["tree_learner_options", "grow_policy"],
];

/** @throws ModelError "catboost-broken" */
export function readModelInfo(info: ReadonlyMap<string, Json>, dimension: number): ModelInfo {
  const parameters = jsonFields(info, "params");
  const loss = lossOf(info, parameters);
  const labels = readClasses(info, parameters, loss, dimension);
  const threshold = Number(info.get("binclass_probability_threshold") ?? "0.5");
  const version = versionOf(info.get("catboost_version_info"));
  return {
    loss,
    ...labels,
    threshold: threshold > 0 && threshold < 1 ? threshold : 0.5,
    version,
    parameters: {
      ...(loss !== "" && { loss_function: printable(loss, 40) }),
      ...shownParameters(parameters),
    },
  };
}

/** Only releases since 1.2 name themselves; before, it is the commit of a build. */
function versionOf(build: Json | undefined): string | undefined {
  const [, version] =
    /\b(?:tags\/v|CatBoost release )(\d+\.\d+[\w.]*)/.exec(typeof build === "string" ? build : "") ?? [];
  return version === undefined ? undefined : printable(version, 20);
}

function shownParameters(parameters: Fields | undefined): Readonly<Record<string, Scalar>> {
  const found = shown.flatMap(([group, name]): readonly (readonly [string, Scalar])[] => {
    const value = parameters?.optionalFields(group)?.get(name);
    if (typeof value === "string") return [[name, printable(value, 40)]];
    // Written as the double of a 32-bit float.
    return typeof value === "number" ? [[name, Number(value.toPrecision(7))]] : [];
  });
  return Object.fromEntries(found);
}

function lossOf(info: ReadonlyMap<string, Json>, parameters: Fields | undefined): string {
  const type = (parameters?.optionalFields("loss_function") ?? jsonFields(info, "loss_function"))?.get("type");
  return typeof type === "string" ? type : "";
}

function readClasses(
  info: ReadonlyMap<string, Json>,
  parameters: Fields | undefined,
  loss: string,
  dimension: number,
): Pick<ModelInfo, "classes" | "classOfValue"> {
  const identity = Array.from({ length: dimension }, (_, value) => value);
  // The name before 0.20.
  const options = jsonFields(info, "class_params") ?? jsonFields(info, "multiclass_params");
  const toLabel = options?.get("class_to_label") === undefined ? [] : Array.from(options.numbers("class_to_label"));
  const names = labelsIn(options, "class_names");
  const count = options?.get("classes_count") === undefined ? 0 : options.count("classes_count");
  if (count > classesMax) throw broken(`it has ${count} classes; the maximum is ${classesMax}`);
  const declared = names.length > 0 ? names : Array.from({ length: count }, (_, label) => label);
  if (declared.length > 0) {
    if (dimension === 1) return { classes: checkTwo(declared), classOfValue: identity };
    if (toLabel.length !== dimension || toLabel.some((label) => !(Number.isInteger(label) && label in declared)))
      throw broken(`its ${dimension} values are not ${declared.length} classes`);
    return { classes: declared, classOfValue: toLabel };
  }
  if (toLabel.length > 0) return checkCount(toLabel.map(Math.trunc), dimension, identity);
  const old = labelsIn(parameters?.optionalFields("data_processing_options"), "class_names");
  if (old.length > 0) return checkCount(old, dimension, identity);
  if (!classifying.includes(loss)) return { classes: undefined, classOfValue: identity };
  return { classes: dimension === 1 ? [0, 1] : identity, classOfValue: identity };
}

function checkCount(
  classes: readonly Scalar[],
  dimension: number,
  classOfValue: readonly number[],
): Pick<ModelInfo, "classes" | "classOfValue"> {
  if (dimension === 1) return { classes: checkTwo(classes), classOfValue };
  if (classes.length !== dimension) throw broken(`it has ${classes.length} classes for ${dimension} values`);
  return { classes, classOfValue };
}

function checkTwo(classes: readonly Scalar[]): readonly Scalar[] {
  if (classes.length !== 2) throw broken(`it has ${classes.length} classes for one value`);
  return classes;
}

function labelsIn(options: Fields | undefined, name: string): readonly Scalar[] {
  const value = options?.get(name);
  if (options === undefined || value === undefined || value === null) return [];
  return options.list(name).map((label) => {
    if (typeof label === "string" || typeof label === "number" || typeof label === "boolean") return label;
    throw broken(`${name} holds more than labels`);
  });
}

/** An entry that is an object, or JSON of one. */
function jsonFields(info: ReadonlyMap<string, Json>, name: string): Fields | undefined {
  const value = info.get(name);
  if (value === undefined || value === "") return undefined;
  return new Fields(typeof value === "string" ? parse(value, name) : value, name, broken);
}

function parse(text: string, name: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw broken(`its metadata "${name}" is not JSON`);
  }
}
