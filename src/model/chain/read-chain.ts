// Builds one model of several fitted objects.

import { CellError } from "../core/cell-error.js";
import type { Model, Output, Signature, Table } from "../core/model.js";
import { ModelError } from "../errors.js";
import type { Estimator } from "../estimator/estimator.js";
import { inputsOf, joinSteps, transformation } from "../estimator/join-steps.js";
import type { Content } from "../formats/read-model.js";
import { Instance } from "../pickle/values.js";
import { estimatorModel } from "../registry/estimator-model.js";
import { readEstimator } from "../registry/read-estimator.js";
import { findEstimatorClass } from "../registry/registry.js";
import { type ChainDocument, plainFileOf } from "./chain-document.js";
import { atFile, ChainFiles, type ReadFile } from "./chain-files.js";
import { chainSteps, inputsOfModel } from "./chain-steps.js";
import { isLabelEncoder, type ModelPart, type Part, readPart } from "./parts.js";
import { labelsIn, numberIn } from "./plain-values.js";
import { withDecoder, withInverse, withThreshold } from "./predictions.js";
import { type Note, readWhole } from "./proposal.js";

/**
 * Reads the files of a chain and builds the model.
 * @param note is called with what a file contains that is not used, and the spec file that uses it
 * @throws ModelError "chain-..." where the parts do not fit, before any request; those of the files' readers. The place
 * is the file.
 */
export async function readChain(chain: ChainDocument, read: ReadFile, note?: Note): Promise<Model> {
  return buildChain(chain, new ChainFiles(read), note);
}

/** The model of one file that is already read. @throws ModelError "estimator-..." for objects that are not one model */
export async function readObjects(file: string, content: Content): Promise<Model> {
  const read = () => {
    throw new Error(`${file} is the only file`);
  };
  return buildChain({ steps: [file] }, new ChainFiles(read, new Map([[file, content]])));
}

async function buildChain(chain: ChainDocument, files: ChainFiles, note?: Note): Promise<Model> {
  const plain = plainFileOf(chain);
  if (plain !== undefined) {
    const content = await files.content(plain);
    return atFile(plain, () => readWhole(plain, content, (proposed) => buildChain(proposed, files), note));
  }
  const columns = await files.names(chain.columns);
  const parts: Part[] = [];
  for (const step of chain.steps) parts.push(await readPart(step, files));
  let model = joined(parts, chainSteps(parts, { ...chain, columns }));
  if (chain.decode !== undefined) model = withDecoder(model, await labelsOf(chain.decode, files), chain.decode);
  if (chain.threshold !== undefined) model = withThreshold(model, await thresholdOf(chain.threshold, files));
  if (chain.inverse_func !== undefined) model = withInverse(model, chain.inverse_func);
  const { numbers_from_strings: numbersFromStrings, ignore_extra: ignoreExtra } = chain;
  const signature: Signature = {
    ...model.signature,
    ...(numbersFromStrings && { numbersFromStrings }),
    ...(ignoreExtra && { ignoreExtra }),
  };
  const { run } = model;
  return { signature, run };
}

/** The parts as one model, with the inputs of the first and the methods of the last. */
function joined(parts: readonly Part[], steps: readonly Estimator[]): Model {
  const last = parts.at(-1);
  const [first, ...others] = steps;
  if (last?.kind === "model")
    return first ? beforeModel([first, ...others], last, parts) : withParts(last.model, parts);
  if (!first) throw new ModelError("chain-invalid", "The chain has no steps");
  const estimator =
    others.length > 0 ? { type: first.type, keepsMissing: false, ...joinSteps([first, ...others]) } : first;
  return withParts(estimatorModel(estimator, "", {}), parts);
}

/** Transformers before a model of another format. */
function beforeModel(steps: readonly [Estimator, ...Estimator[]], last: ModelPart, parts: readonly Part[]): Model {
  const { model } = last;
  const afterSteps = transformation(steps);
  const end: Estimator = {
    type: "",
    inputs: inputsOfModel(last),
    keepsMissing: false,
    methods: new Map(),
    parameters: {},
  };
  const inputs = inputsOf([...steps, end]);
  const features = inputs.features();
  const names = [...steps.map(({ type }) => type), model.signature.type].map((type) => type.split(".").at(-1));
  const signature: Signature = {
    ...model.signature,
    features,
    named: inputs.named,
    parameters: { steps: names.join(" -> "), ...model.signature.parameters },
  };
  return withParts(
    {
      signature,
      run(method, table: Table): Output | Promise<Output> {
        try {
          return afterSteps(table, (transformed) => model.run(method, transformed));
        } catch (error) {
          throw error instanceof CellError ? error.withNames(features) : error;
        }
      },
    },
    parts,
  );
}

/** The signature names the formats, the classes and the libraries of all parts. */
function withParts({ signature, run }: Model, parts: readonly Part[]): Model {
  const types = parts.map((part) => typeOf(part));
  const libraries: Record<string, string> = {};
  for (const part of parts) Object.assign(libraries, librariesOf(part), libraries);
  return {
    signature: {
      ...signature,
      format: [...new Set(parts.map(({ format }) => format).filter((format) => format !== ""))].join(", "),
      type: types.join(" -> "),
      libraries,
    },
    run,
  };
}

function typeOf(part: Part): string {
  if (part.kind === "model") return part.model.signature.type;
  if (part.kind === "estimator") return part.estimator.type;
  return [...new Set([...part.encoders.values()].map(({ type }) => type))].join(", ");
}

function librariesOf(part: Part): Readonly<Record<string, string>> {
  if (part.kind === "model") return part.libraries;
  const estimators = part.kind === "estimator" ? [part.estimator] : [...part.encoders.values()];
  const version = estimators.find(({ version }) => version !== undefined)?.version;
  const own = estimators.map(({ libraries }) => libraries ?? {});
  return Object.assign({}, part.libraries, ...own, version === undefined ? {} : { "scikit-learn": version });
}

async function labelsOf(reference: string, files: ChainFiles) {
  const value = await files.value(reference);
  if (value instanceof Instance && findEstimatorClass(value.global.module, value.global.name)) {
    const decoder = await atFile(reference, () => readEstimator(value, reference));
    if (decoder.classes && isLabelEncoder(decoder)) return decoder.classes;
    throw new ModelError("chain-decode", `${reference} is a ${decoder.type}, which does not decode labels`);
  }
  const labels = labelsIn(value);
  if (labels && labels.length > 0) return labels;
  throw new ModelError("chain-decode", `${reference} is neither a LabelEncoder nor labels by number`);
}

async function thresholdOf(threshold: number | string, files: ChainFiles): Promise<number> {
  if (typeof threshold === "number") return threshold;
  const number = numberIn(await files.value(threshold));
  if (number !== undefined && number >= 0 && number <= 1) return number;
  throw new ModelError("chain-threshold", `${threshold} is not a number from 0 to 1`);
}
