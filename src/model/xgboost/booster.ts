// A booster as XGBoost saves it in JSON and UBJSON: the objective, the margins to begin with, and trees or weights that
// add to them.

import { ModelError } from "../errors.js";
import { type Broken, Fields, type Json } from "../json/fields.js";
import { printable } from "../pickle/text.js";
import { baseMargin, type Objective, objectives } from "./objectives.js";
import { leafOf, readForest } from "./trees.js";

export interface Booster {
  /** "3.2.0", where the file records it. */
  readonly version: string | undefined;
  readonly objectiveName: string;
  readonly objective: Objective;
  readonly boosterName: string;
  readonly columns: number;
  readonly names: readonly string[] | undefined;
  /** Outputs: classes of more than two, or targets; else 1. */
  readonly groups: number;
  readonly trees: number;
  /** Trees up to early stopping's best round. */
  readonly bestTrees: number | undefined;
  /** What the scikit-learn wrapper wrote into the file. */
  readonly wrapper: string | undefined;
  /**
   * Fills `out` with the margins of a row, by the first `trees` trees. `inPlace`: with the rounding of inplace_predict,
   * which the scikit-learn interface uses; it differs for dart.
   */
  margins(row: Float32Array, out: Float32Array, trees: number, inPlace: boolean): void;
}

/** Columns and outputs of one model. */
const columnsMax = 1 << 21;
const groupsMax = 10_000;

const broken: Broken = (message) => new ModelError("xgboost-broken", `XGBoost model: ${message}`);

/** @throws ModelError "xgboost-broken", "estimator-unsupported" */
export function readBooster(document: Json): Booster {
  const model = modelIn(document);
  const learner = model.fields("learner");
  const parameters = learner.fields("learner_model_param");
  const columns = parameters.count("num_feature");
  const groups = Math.max(1, parameters.count("num_class", 0), parameters.count("num_target", 1));
  if (columns > columnsMax || groups > groupsMax) throw broken(`it has ${columns} columns and ${groups} outputs`);
  const objectiveName = learner.fields("objective").text("name");
  const objective = objectives.get(objectiveName);
  if (!objective) {
    throw new ModelError(
      "estimator-unsupported",
      `XGBoost: the objective "${printable(objectiveName, 40)}" is not supported`,
      { hint: `Supported objectives: ${[...objectives.keys()].join(", ")}.` },
    );
  }
  const version = model.get("version") === undefined ? undefined : versionText(model.numbers("version"));
  const attributes = learner.optionalFields("attributes");
  const bases = readBases(parameters, baseKind(objectiveName, objective, version), groups);
  const names = learner.get("feature_names") === undefined ? [] : learner.texts("feature_names");
  if (names.length > 0 && names.length !== columns) throw broken(`it names ${names.length} of ${columns} columns`);
  const { treesOf, ...rounds } = readRounds(learner.fields("gradient_booster"), columns, groups, bases, version);
  return {
    version,
    objectiveName,
    objective,
    columns,
    names: names.length > 0 ? names : undefined,
    groups,
    bestTrees: attributes && readBestTrees(attributes, rounds.trees, groups, treesOf),
    wrapper: attributes?.get("scikit_learn") === undefined ? undefined : attributes.text("scikit_learn"),
    ...rounds,
  };
}

/** A pickled booster has its training parameters next to the model. */
export function modelIn(document: Json): Fields {
  const file = new Fields(document, "", broken);
  return file.optionalFields("Model") ?? file;
}

/** The binary format records no version before 1.0. */
function versionText(version: ArrayLike<number>): string {
  return version[0] === 0 ? "0.x" : Array.from(version).join(".");
}

/**
 * What base_score is to a margin. Until 1.2 it was a probability for binary:logitraw too; before 1.0 files have the
 * margin.
 */
function baseKind(name: string, { base }: Objective, version: string | undefined): Objective["base"] {
  if (version === "0.x") return "margin";
  return name === "binary:logitraw" && isBefore13(version) ? "probability" : base;
}

function isBefore13(version: string | undefined): boolean {
  return /^(0|1\.[0-2])\./.test(version ?? "");
}

/** base_score is a number, or since 3.1 a list of one or of one an output. */
function readBases(parameters: Fields, base: Objective["base"], groups: number): Float32Array {
  const text = parameters.text("base_score");
  const scores = text
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map(Number);
  if (scores.some(Number.isNaN) || (scores.length !== 1 && scores.length !== groups))
    throw broken(`base_score is "${printable(text, 40)}"`);
  return Float32Array.from({ length: groups }, (_, group) => baseMargin(base, scores[group] ?? scores[0]!));
}

/** Versions 1.4 and 1.5 record how many trees of each output that is; others only the round, counted from 0. */
function readBestTrees(
  attributes: Fields,
  trees: number,
  groups: number,
  treesOf: Rounds["treesOf"],
): number | undefined {
  if (attributes.get("best_ntree_limit") !== undefined)
    return Math.min(trees, attributes.count("best_ntree_limit") * groups);
  return attributes.get("best_iteration") === undefined ? undefined : treesOf(attributes.count("best_iteration") + 1);
}

interface Rounds extends Pick<Booster, "boosterName" | "trees" | "margins"> {
  /** Trees of the first `rounds` rounds. */
  treesOf(rounds: number): number;
}

/** dart stores its trees one level deeper, with their weights; since 3.3 without a separate name. */
export function treesIn(booster: Fields): Fields {
  return (booster.optionalFields("gbtree") ?? booster).fields("model");
}

function readRounds(
  booster: Fields,
  columns: number,
  groups: number,
  bases: Float32Array,
  version: string | undefined,
): Rounds {
  if (booster.text("name") === "gblinear") return readWeights(booster.fields("model"), columns, groups, bases);
  const model = treesIn(booster);
  const forest = readForest(model, columns, groups);
  const trees = forest.roots.length;
  const hasVectors = forest.vectors.size > 0;
  const drops = readDrops(booster, model, trees);
  // Since 3.4, which keeps the weights among the trees, inplace_predict multiplies a leaf as predict does.
  const addsBase = model.get("weight_drop") === undefined;
  // The order decides the last bit. Before 1.3 the CPU predictor added up the trees, then the base; dart's until 1.3.
  const addsBaseLast = isBefore13(version) || (drops !== undefined && /^1\.3\./.test(version ?? ""));
  if (drops && hasVectors) throw model.broken("its trees have weights (dart), and leaves of several values");
  const parallel = model.fields("gbtree_model_param").count("num_parallel_tree", 1);
  const treesPerRound = (hasVectors ? 1 : groups) * Math.max(1, parallel);
  const ends = model.get("iteration_indptr") === undefined ? undefined : model.numbers("iteration_indptr");
  return {
    boosterName: drops ? "dart" : "gbtree",
    trees,
    treesOf: (rounds) => Math.min(trees, ends?.[rounds] ?? rounds * treesPerRound),
    margins(row, out, count, inPlace) {
      if (addsBaseLast) out.fill(0);
      else out.set(bases);
      for (let tree = 0; tree < count; tree++) {
        const node = leafOf(forest, forest.roots[tree]!, row);
        const vector = hasVectors ? forest.vectors.get(node) : undefined;
        if (vector) {
          for (let group = 0; group < groups; group++) out[group] = out[group]! + vector[group]!;
          continue;
        }
        const leaf = forest.values[node]!;
        const group = forest.groups[tree]!;
        out[group] =
          out[group]! + (drops ? dropped(leaf, drops[tree]!, inPlace && addsBase ? bases : undefined) : leaf);
      }
      if (addsBaseLast) for (let group = 0; group < groups; group++) out[group] = out[group]! + bases[group]!;
    },
  };
}

/** The trees' weights of dart: beside the trees, and since 3.4 among them. */
function readDrops(booster: Fields, model: Fields, trees: number): Float32Array | undefined {
  const owner = [booster, model].find((fields) => fields.get("weight_drop") !== undefined);
  return owner && Float32Array.from(owner.numbers("weight_drop", trees));
}

/** A leaf times its tree's weight. inplace_predict adds the base before, and subtracts the first output's again. */
function dropped(leaf: number, weight: number, bases: Float32Array | undefined): number {
  const { fround } = Math;
  return fround(weight * (bases ? fround(fround(leaf + bases[0]!) - bases[0]!) : leaf));
}

/**
 * gblinear: for each column a weight an output, then the outputs' biases. XGBoost adds the first output's base_score to
 * every output, also where it has one for each (since 3.1): GBLinear::PredictBatchInternal.
 */
function readWeights(model: Fields, columns: number, groups: number, bases: Float32Array): Rounds {
  const weights = Float32Array.from(model.numbers("weights", (columns + 1) * groups));
  const base = bases[0]!;
  return {
    boosterName: "gblinear",
    trees: 0,
    treesOf: () => 0,
    margins(row, out) {
      for (let group = 0; group < groups; group++) {
        let sum = Math.fround(weights[columns * groups + group]! + base);
        for (let column = 0; column < columns; column++) {
          const value = row[column]!;
          if (!Number.isNaN(value)) sum = Math.fround(sum + Math.fround(value * weights[column * groups + group]!));
        }
        out[group] = sum;
      }
    },
  };
}
