// From the parts of a chain to estimators that run one after the other, with every check that can be made before a
// request comes.

import { nearest, suggestion } from "../../base/index.js";
import type { ColumnCount } from "../core/model.js";
import { ModelError } from "../errors.js";
import { accepts, columnsAfter, knownInputs } from "../estimator/column-counts.js";
import type { Estimator } from "../estimator/estimator.js";
import type { Inputs } from "../estimator/inputs.js";
import type { ChainDocument } from "./chain-document.js";
import { columnStep, orderStep } from "./column-steps.js";
import { constantsStep } from "./constants.js";
import { dummiesStep } from "./dummies.js";
import { type EncodersPart, type EstimatorPart, isLabelEncoder, type ModelPart, type Part } from "./parts.js";

/** The table between two parts. */
interface Columns {
  /** What made it, for messages: "scaler.pkl (StandardScaler) returns", "The list of columns has" */
  readonly shown: string;
  readonly count: ColumnCount;
  /** Undefined: not known. */
  readonly names: readonly (string | undefined)[] | undefined;
  /** The names that the part before was fitted with, where it returns as many columns. */
  readonly fittedNames?: readonly string[] | undefined;
}

interface TableSpec extends Pick<ChainDocument, "dummies" | "constants"> {
  readonly columns: readonly string[] | undefined;
}

/** Names that a message lists. */
const shownMax = 20;

/**
 * The transformers of a chain and its last part.
 * @throws ModelError "chain-no-transform", "chain-width", "chain-names", "chain-columns" naming both parts
 */
export function chainSteps(parts: readonly Part[], { constants, ...table }: TableSpec): readonly Estimator[] {
  const steps = partSteps(parts, table);
  if (!constants) return steps;
  const [first] = parts;
  const next = steps[0]?.inputs ?? (first?.kind === "model" ? inputsOfModel(first) : undefined);
  return next ? [constantsStep(next, constants), ...steps] : steps;
}

function partSteps(parts: readonly Part[], { columns, dummies }: Omit<TableSpec, "constants">): readonly Estimator[] {
  const steps: Estimator[] = [];
  let before: Columns = { shown: "The list of columns has", count: columns?.length ?? "any", names: columns };
  if (dummies) {
    if (!columns) {
      throw new ModelError("chain-columns", "dummies needs the key columns: the names of the one-hot columns", {
        hint: "Add columns, the list of the model's columns in order.",
      });
    }
    steps.push(dummiesStep(columns, dummies));
  }
  for (const [index, part] of parts.entries()) {
    if (part.kind === "model") {
      const inputs = inputsOfModel(part);
      const order = orderFor(before.names, inputs);
      if (!order) checkFits(before, part, inputs);
      if (order) steps.push(order);
      // The step that gives the request the names of its columns.
      else if (columns && steps.length === 0) steps.push(orderStep([...columns.keys()], columns));
      continue;
    }
    if (part.kind === "encoders" || part.columns || (part.keepsNames && before.names)) {
      const names = before.names ?? namesAhead(parts, index);
      if (!names?.every((name) => name !== undefined)) throw namesMissing(part);
      const added =
        part.kind === "encoders" ? encodersSteps(part, names) : someColumns(part, part.columns ?? names, names);
      steps.push(...added.steps);
      before = { shown: `${part.shown} returns`, count: added.names.length, names: added.names };
      continue;
    }
    const isLast = index === parts.length - 1;
    const { estimator } = part;
    if (!isLast) checkTransforms(part);
    const order = orderFor(before.names, estimator.inputs);
    if (order) steps.push(order);
    else checkFits(before, part, estimator.inputs);
    steps.push(steps.length === 0 && columns ? withNames(estimator, columns) : estimator);
    const width = before.count === "any" ? estimator.inputs.count : before.count;
    const count = columnsAfter(estimator, width);
    const fittedNames = count === width ? recordedNames(estimator.inputs) : undefined;
    before = { shown: `${part.shown} returns`, count, names: undefined, fittedNames };
  }
  return steps;
}

function checkTransforms({ estimator, shown }: EstimatorPart): void {
  if (isLabelEncoder(estimator)) {
    throw new ModelError("chain-no-transform", `${shown} encodes the labels of the target, and not a table`, {
      hint: "Name it as decode in a spec file (tepal.yaml), or, for a dict of encoders of columns, set each: true.",
    });
  }
  if (!estimator.methods.has("transform"))
    throw new ModelError("chain-no-transform", `${shown} does not transform; only the last part of a chain predicts`);
}

/** The names of the next part for all columns: the parts between change columns in place. */
function namesAhead(parts: readonly Part[], index: number): readonly string[] | undefined {
  const next = parts
    .slice(index)
    .find((part) => part.kind === "model" || (part.kind === "estimator" && !part.columns && !part.keepsNames));
  if (next?.kind === "estimator") return recordedNames(next.estimator.inputs);
  return next?.kind === "model" ? recordedNames(inputsOfModel(next)) : undefined;
}

function recordedNames(inputs: Inputs): readonly string[] | undefined {
  return inputs.named ? inputs.features().map(({ name }) => name) : undefined;
}

function namesMissing({ shown }: Part): ModelError {
  return new ModelError("chain-columns", `${shown} applies to columns by name, and no later part records their names`, {
    hint: "Add the key columns: the names of the table's columns in order.",
  });
}

function someColumns({ estimator, shown }: EstimatorPart, columns: readonly string[], names: readonly string[]) {
  if (!estimator.methods.has("transform")) throw new ModelError("chain-no-transform", `${shown} does not transform`);
  const chosen = columns.map((name) => placeOf(name, names, shown));
  if (!accepts(estimator, chosen.length)) {
    throw new ModelError(
      "chain-width",
      `${shown} expects ${estimator.inputs.count} columns, but its key columns names ${chosen.length}`,
    );
  }
  const { step, names: after } = columnStep(estimator, chosen, names);
  return { steps: [step], names: after };
}

/**
 * Encoders of columns that the table does not have are left out, because a dict often has that of the target too. The
 * key `columns` of the step names the encoders that are used; then the table must have each.
 */
function encodersSteps({ encoders, columns, required, shown }: EncodersPart, names: readonly string[]) {
  const steps: Estimator[] = [];
  for (const column of columns ?? encoders.keys()) {
    const encoder = encoders.get(column);
    if (!encoder) throw encoderUnknown(column, [...encoders.keys()], shown);
    const place = names.indexOf(column);
    if (place < 0) {
      if (columns || required) throw columnUnknown(column, names, shown);
      checkSpelling(column, names, encoders, shown);
      continue;
    }
    if (!accepts(encoder, 1)) {
      throw new ModelError(
        "chain-width",
        `${shown}: the encoder of "${column}" expects ${encoder.inputs.count} columns`,
      );
    }
    const { step, names: after } = columnStep(encoder, [place], names);
    if (after.length !== names.length) {
      throw new ModelError("chain-width", `${shown}: the encoder of "${column}" returns more than one column`);
    }
    steps.push(step);
  }
  if (steps.length === 0) throw columnUnknown([...encoders.keys()][0] ?? "", names, shown);
  return { steps, names };
}

function encoderUnknown(column: string, known: readonly string[], shown: string): ModelError {
  return new ModelError("chain-each", `${shown} has no encoder of ${JSON.stringify(column)}`, {
    hint: suggestion(column, known, `It has encoders of: ${listOf(known)}.`),
  });
}

/**
 * An encoder without a column is that of the target, unless a column without an encoder has almost its name.
 * @throws ModelError "chain-columns"
 */
function checkSpelling(
  column: string,
  names: readonly string[],
  encoders: ReadonlyMap<string, unknown>,
  shown: string,
): void {
  const free = names.filter((name) => !encoders.has(name) && areSpellings(column, name));
  const other = nearest(column, free);
  if (other === undefined) return;
  throw new ModelError("chain-columns", `${shown}: the table has no column ${JSON.stringify(column)}`, {
    hint: `Did you mean ${JSON.stringify(other)}? If they are different columns, name those to encode: columns: [${listOf([...encoders.keys()].filter((name) => names.includes(name)))}].`,
  });
}

/** Whether two names may be spellings of one: not for "x" and "y", "col1" and "col2", "price" and "price_per_unit". */
function areSpellings(a: string, b: string): boolean {
  const digits = [a, b].map((name) => name.replace(/\D/g, ""));
  return Math.min(a.length, b.length) >= 4 && Math.abs(a.length - b.length) <= 2 && digits[0] === digits[1];
}

function placeOf(name: string, names: readonly string[], shown: string): number {
  const place = names.indexOf(name);
  if (place < 0) throw columnUnknown(name, names, shown);
  return place;
}

function columnUnknown(name: string, names: readonly string[], shown: string): ModelError {
  return new ModelError("chain-columns", `${shown}: the table has no column ${JSON.stringify(name)}`, {
    hint: suggestion(name, names, `The columns are: ${listOf(names)}.`),
  });
}

/** Puts the columns into the order that an estimator records, where it has the same names in another order. */
function orderFor(names: Columns["names"], inputs: Inputs): Estimator | undefined {
  if (!names || !inputs.named || inputs.count !== names.length) return undefined;
  const known = names.filter((name) => name !== undefined);
  const recorded = recordedNames(inputs) ?? [];
  if (known.length !== names.length || recorded.every((name, column) => name === known[column])) return undefined;
  const order = recorded.map((name) => known.indexOf(name));
  return order.every((place) => place >= 0) ? orderStep(order, known) : undefined;
}

/** @throws ModelError "chain-width", "chain-names" */
function checkFits(before: Columns, part: EstimatorPart | ModelPart, inputs: Inputs): void {
  const recorded = recordedNames(inputs);
  if (inputs.count !== "any" && before.count !== "any" && inputs.count !== before.count) {
    throw new ModelError(
      "chain-width",
      `${before.shown} ${countText(before.count)}, but ${part.shown} expects ${inputs.count}`,
      recorded ? { hint: `${part.shown} expects the columns ${listOf(recorded)}.` } : {},
    );
  }
  if (!recorded) return;
  const known = new Set(recorded);
  const hint = `${part.shown} expects the columns ${listOf(recorded)}.`;
  const other = before.names?.find((name) => name !== undefined && !known.has(name));
  if (other !== undefined) {
    const message = `${before.shown} a column ${JSON.stringify(other)}, with which ${part.shown} was not fitted`;
    throw new ModelError("chain-names", message, { hint });
  }
  const { fittedNames } = before;
  if (fittedNames?.every((name) => known.has(name)) && fittedNames.some((name, column) => name !== recorded[column])) {
    const message = `${before.shown} the columns in the order ${listOf(fittedNames)}, but ${part.shown} was fitted with another order`;
    throw new ModelError("chain-names", message, { hint });
  }
}

function countText(count: number): string {
  return count === 1 ? "1 column" : `${count} columns`;
}

export function inputsOfModel({ model: { signature } }: ModelPart): Inputs {
  const { features, named } = signature;
  return {
    count: features.length === 0 ? "any" : features.length,
    named,
    missing: features.every(({ missing }) => missing),
    features: () => features,
  };
}

function withNames(estimator: Estimator, names: readonly string[]): Estimator {
  const inputs = knownInputs(estimator.inputs, names.length);
  const features = () =>
    inputs.features().map((feature, column) => ({ ...feature, name: names[column] ?? feature.name }));
  return { ...estimator, inputs: { ...inputs, named: true, features } };
}

function listOf(names: readonly string[]): string {
  return names.slice(0, shownMax).join(", ") + (names.length > shownMax ? ", ..." : "");
}
