// A file with several objects: what they are, and the one way in which they are a model, if there is exactly one. It is
// proposed and never assumed, because the file does not say how its objects are used.

import type { TepalError } from "../../base/index.js";
import type { Model } from "../core/model.js";
import { ModelError } from "../errors.js";
import { type Content, modelOf } from "../formats/read-model.js";
import { kindOf } from "../pickle/values.js";
import type { ChainDocument } from "./chain-document.js";
import { chainSteps } from "./chain-steps.js";
import { describeObjects, type Objects, objectsOf } from "./file-members.js";
import { isContainer } from "./members.js";
import { isEncoders, type Part } from "./parts.js";
import { splitReference } from "./reference.js";
import type { AnyStep, StepDocument } from "./step-document.js";

/** Orders that are tried: four transformers have 24. */
const transformersMax = 4;
/** Predictors that a proposal names: a file of a comparison holds many. */
const predictorsMax = 3;

type Build = (chain: ChainDocument) => Promise<Model>;

/** Is called with what a file contains that is not used, and the spec file that uses it. */
export type Note = (text: string) => void;

/**
 * Reads the model of one whole file. A container is served only if its one estimator predicts.
 * @param file as the user wrote it, for the command in the hint
 * @param build builds a chain of this file, to check a proposal
 * @throws ModelError "estimator-several", "estimator-no-predictor" with the objects and the command that works
 */
export async function readWhole(file: string, content: Content, build: Build, note: Note = () => {}): Promise<Model> {
  if ("signature" in content || !isContainer(content.value)) return modelOf(content);
  const objects = objectsOf(content.value, file);
  if (content.rejected) rejectAlone(content.rejected, file, objects);
  const { predictors, transformers, decoders, encoders } = objects;
  const count = predictors.length + transformers.length + decoders.length + encoders.length;
  const [first] = predictors;
  if (count === 0) return modelOf(content);
  if (count === 1 && first) return readAlone(file, objects, first, () => modelOf(content), build, note);
  const held = `The file holds ${kindOf(content.value)} of several objects: ${describeObjects(objects)}`;
  if (predictors.length === 0) {
    const [only] = transformers;
    if (isEncoders(content.value)) {
      throw new ModelError("estimator-no-predictor", `${held}. None of them predicts`, {
        hint: `Use it as a step of a spec file (tepal.yaml) before the model: - {file: ${file}, each: true}`,
      });
    }
    throw new ModelError("estimator-no-predictor", `${held}. None of them predicts`, {
      hint: only
        ? `The model may be in another file: add it after ${file}::${only.path}. To serve the transformer itself, name it: tepal inspect ${file}::${only.path}`
        : "The model may be in another file: name it too.",
    });
  }
  const proposals: string[] = [];
  for (const predictor of predictors.slice(0, predictorsMax)) {
    const chains = candidates(objects, predictor.part, predictor.path, file);
    const [only] = chains;
    if (only && chains.length === 1 && (await builds(only, build))) proposals.push(commandFor(only));
  }
  throw new ModelError("estimator-several", held, {
    hint:
      proposals.length > 0
        ? `If this is how your code uses them:\n${proposals.join("\n  or\n")}`
        : `Select what is used, in order, as ${file}::MEMBER, or describe it in a spec file (docs/chains.md).`,
  });
}

/** A file with objects of its author's own classes is never used as a whole: its one estimator must be named. */
function rejectAlone(rejected: TepalError, file: string, { predictors, transformers, ...others }: Objects): void {
  const estimators = [...predictors, ...transformers];
  if (estimators.length + others.decoders.length + others.encoders.length > 1) return;
  const [only] = estimators;
  if (!only) throw rejected;
  throw new ModelError("pickle-global-rejected", rejected.message, {
    place: rejected.place,
    hint: `${rejected.hint} Or name the fitted object in it: ${file}::${only.path}`,
  });
}

/**
 * The model of a file with one predictor beside plain values. Names of its columns are used, because they change no
 * prediction. A threshold or labels are proposed: the file does not say whether the code uses them.
 */
async function readAlone(
  file: string,
  objects: Objects,
  { part, path }: Objects["predictors"][number],
  plain: () => Model,
  build: Build,
  note: Note,
): Promise<Model> {
  const step = `${file}::${path}`;
  const columns = namesBeside(objects, part);
  const chain: ChainDocument = { ...(columns !== undefined && { columns: `${file}::${columns}` }), steps: [step] };
  const settings = settingsFor(objects, part, file);
  const unused = Object.values(settings);
  if (unused.length > 0 && (await builds({ ...chain, ...settings }, build)))
    note(`Not used: ${unused.join(", ")}. If your code uses it:\n${commandFor({ ...chain, ...settings })}`);
  return columns === undefined ? plain() : build(chain);
}

/**
 * The one list that names the columns of a predictor that records none: as many names as it has columns, under a key of
 * columns, or under any key but those of classes.
 */
function namesBeside({ names }: Objects, predictor: Part): string | undefined {
  if (predictor.kind !== "estimator" || predictor.estimator.inputs.named) return undefined;
  const { inputs, classes } = predictor.estimator;
  const fitting = names.filter(({ names }) => names.length === inputs.count && new Set(names).size === names.length);
  const called = fitting.filter(({ path }) => isColumnsKey(path));
  const others = fitting.filter(({ path, names }) => !classesKey.test(path) && names.length !== classes?.length);
  const [only, ...more] = called.length > 0 ? called : others;
  return more.length === 0 ? only?.path : undefined;
}

async function builds(chain: ChainDocument, build: Build): Promise<boolean> {
  try {
    await build(chain);
    return true;
  } catch (error) {
    if (error instanceof ModelError) return false;
    throw error;
  }
}

/** Every chain of all transformers, in any order, and one predictor whose widths and names fit. */
function candidates(objects: Objects, predictor: Part, path: string, file: string): readonly ChainDocument[] {
  const { transformers, encoders, names: lists } = objects;
  if (transformers.length > transformersMax) return [];
  const found = new Map<string, ChainDocument[]>();
  for (const order of ordersOf(transformers)) {
    for (const list of [undefined, ...lists]) {
      const names = list?.names;
      const columnParts = encoders.map((each): [Part, StepDocument] => [
        each.part,
        { file: `${file}::${each.path}`, each: true },
      ]);
      const parts = order.map(({ part, path }): [Part, string | StepDocument] => {
        const own = part.kind === "estimator" && part.estimator.inputs.named ? namesOf(part) : undefined;
        const reference = `${file}::${path}`;
        if (!own || part.kind !== "estimator" || !isPartOf(own, names ?? namesOf(predictor))) return [part, reference];
        return [
          { ...part, columns: own },
          { file: reference, columns: own },
        ];
      });
      const all: readonly [Part, string | StepDocument][] = [...columnParts, ...parts, [predictor, `${file}::${path}`]];
      const needsNames = all.some(([part]) => part.kind === "encoders" || (part.kind === "estimator" && part.columns));
      if (list && !needsNames && namesOf(all[0]?.[0])) continue;
      const chain: ChainDocument = {
        ...(list && { columns: `${file}::${list.path}` }),
        steps: all.map(([, step]) => step),
        ...settingsFor(objects, predictor, file),
      };
      if (
        !fits(
          all.map(([part]) => part),
          names,
        )
      )
        continue;
      const key = JSON.stringify(chain.steps);
      found.set(key, [...(found.get(key) ?? []), chain]);
    }
  }
  return [...found.values()].flatMap((chains) => withBestColumns(chains) ?? []);
}

/** What lists of columns, and of classes, are called. */
const columnsKey = /column|cols|feature|name/i;
const classesKey = /class|target|label/i;

function isColumnsKey(key: string): boolean {
  return columnsKey.test(key) && !classesKey.test(key);
}

/**
 * Of chains that differ in their list of names alone: the one with a list, if there is one list, or one whose key says
 * what it is; else the one without. Undefined: the steps need a list, and several fit.
 */
function withBestColumns(chains: readonly ChainDocument[]): ChainDocument | undefined {
  const listed = chains.filter(({ columns }) => columns !== undefined);
  const called = listed.filter(({ columns }) => isColumnsKey(splitReference(String(columns)).member ?? ""));
  const [only] = listed.length === 1 ? listed : called.length === 1 ? called : [];
  return only ?? chains.find(({ columns }) => columns === undefined);
}

function fits(parts: readonly Part[], columns: readonly string[] | undefined): boolean {
  try {
    chainSteps(parts, { columns });
    return true;
  } catch (error) {
    if (error instanceof ModelError) return false;
    throw error;
  }
}

/** The decoder (a LabelEncoder or a list of labels) and the threshold, where exactly one fits the predictor. */
function settingsFor(
  { decoders, names, thresholds }: Objects,
  predictor: Part,
  file: string,
): Pick<ChainDocument, "decode" | "threshold"> {
  if (predictor.kind !== "estimator") return {};
  const { classes, methods } = predictor.estimator;
  const areNumbers = classes?.every((label, index) => label === index) ?? false;
  const labels = names
    .filter(({ path }) => classesKey.test(path))
    .map(({ path, names }) => ({ path, classes: names.length }));
  const [decoder, ...otherDecoders] = [...decoders, ...labels].filter(
    (each) => areNumbers && each.classes === classes?.length,
  );
  const [threshold, ...otherThresholds] = classes?.length === 2 && methods.has("predict_proba") ? thresholds : [];
  return {
    ...(decoder && otherDecoders.length === 0 && { decode: `${file}::${decoder.path}` }),
    ...(threshold && otherThresholds.length === 0 && { threshold: `${file}::${threshold.path}` }),
  };
}

function namesOf(part: Part | undefined): readonly string[] | undefined {
  if (part?.kind !== "estimator" || !part.estimator.inputs.named) return undefined;
  return part.estimator.inputs.features().map(({ name }) => name);
}

function isPartOf(some: readonly string[], all: readonly string[] | undefined): boolean {
  return all !== undefined && some.length < all.length && some.every((name) => all.includes(name));
}

function ordersOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    ordersOf([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}

/** The command, where references are enough; else the spec file. */
function commandFor({ columns, steps, decode, threshold }: ChainDocument): string {
  const references = steps.filter((step) => typeof step === "string");
  if (references.length === steps.length && [columns, decode, threshold].every((value) => value === undefined))
    return `  tepal inspect ${references.map(shellWord).join(" ")}`;
  return [
    "  # tepal.yaml",
    "  model:",
    ...(columns === undefined ? [] : [`    columns: ${yamlText(String(columns))}`]),
    "    steps:",
    ...steps.map((step) => `      - ${typeof step === "string" ? yamlText(step) : stepText(step)}`),
    ...(decode === undefined ? [] : [`    decode: ${yamlText(decode)}`]),
    ...(threshold === undefined ? [] : [`    threshold: ${yamlText(String(threshold))}`]),
  ].join("\n");
}

function stepText(step: Exclude<AnyStep, string>): string {
  if (!("file" in step)) return JSON.stringify(step);
  const { file, each, columns } = step;
  const listed = typeof columns === "string" ? yamlText(columns) : `[${columns?.map(yamlText).join(", ")}]`;
  const columnsText = columns === undefined ? "" : `, columns: ${listed}`;
  return `{file: ${yamlText(file)}${each ? ", each: true" : ""}${columnsText}}`;
}

/** A plain scalar where YAML reads it as this string, even inside brackets; else in JSON, which YAML includes. */
function yamlText(text: string): string {
  const isPlain =
    /^[A-Za-z_./][\w./-]*(::[\w./-]+)?$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
