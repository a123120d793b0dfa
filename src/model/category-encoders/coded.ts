// Encoders that map the codes of an OrdinalEncoder to numbers: a Series for each column (target statistics), or a
// DataFrame whose rows are the numbers (one-hot, base-n and contrast codings).

import { unknownCategory } from "../core/cell-error.js";
import type { Scalar } from "../core/model.js";
import { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../estimator/estimator.js";
import { LabelMap } from "../estimator/label-map.js";
import { isFrame, readFrame } from "../pandas/frames.js";
import { Instance, type Value } from "../pickle/values.js";
import { type ColumnEncoder, columnsTransformer } from "./column-encoders.js";
import { lumpingOf } from "./lumping.js";
import {
  missingCode,
  type OrdinalCodes,
  readMappings,
  readOrdinalCodes,
  seriesEntries,
  unknownCode,
} from "./ordinal.js";
import { encodedColumns, readTableColumns } from "./table-columns.js";

/** Classes by the module of the package that has them. */
const codedClasses: readonly (readonly [module: string, ...names: string[]])[] = [
  ["backward_difference", "BackwardDifferenceEncoder"],
  ["basen", "BaseNEncoder"],
  ["count_target", "CountTargetEncoder"],
  ["glmm", "GLMMEncoder"],
  ["gray", "GrayEncoder"],
  ["helmert", "HelmertEncoder"],
  ["james_stein", "JamesSteinEncoder"],
  ["m_estimate", "MEstimateEncoder"],
  ["one_hot", "OneHotEncoder"],
  ["polynomial", "PolynomialEncoder"],
  ["quantile_encoder", "QuantileEncoder"],
  ["rankhot", "RankHotEncoder"],
  ["sum_coding", "SumEncoder"],
  ["target_encoder", "TargetEncoder"],
  ["woe", "WOEEncoder"],
];

export const codedEncoderClasses: readonly EstimatorClass[] = [
  ...codedClasses.flatMap(([module, ...names]) => {
    const path = `category_encoders.${module}`;
    return names.map((name): EstimatorClass => ({ name, module: path, paths: [path], read: readCodedEncoder }));
  }),
  {
    name: "BinaryEncoder",
    module: "category_encoders.binary",
    paths: ["category_encoders.binary"],
    read: readBinaryEncoder,
  },
  {
    name: "SummaryEncoder",
    module: "category_encoders.quantile_encoder",
    paths: ["category_encoders.quantile_encoder"],
    read: readSummaryEncoder,
  },
];

/** Contrast codings that began with a column of ones, until 2.5. */
const contrasts = /(Helmert|Sum|Polynomial|BackwardDifference)Encoder$/;

/** Until 2.5 a BinaryEncoder has a BaseNEncoder, which does everything; since then it is one. */
function readBinaryEncoder(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const inner = attributes.get("base_n_encoder");
  return inner === undefined
    ? readCodedEncoder(attributes)
    : readSubEstimator(inner, "base_n_encoder of a BinaryEncoder");
}

function readCodedEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  return codedTransformer(attributes, readColumnEncoders(attributes));
}

/** Several QuantileEncoders: each column becomes one for each of them. */
function readSummaryEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const parts = attributes.items("encoder_list", "a list of encoders").map((part) => {
    if (!(part instanceof Instance)) throw attributes.expected("a list of encoders", ["encoder_list"], part);
    const inner = new EstimatorAttributes(part, "category_encoders.quantile_encoder.QuantileEncoder");
    return { percentile: Math.round(inner.number("quantile") * 100), encoders: readColumnEncoders(inner) };
  });
  const byColumn = new Map(
    encodedColumns(attributes).map((column): [Scalar, ColumnEncoder] => {
      const encoders = parts.map(({ encoders }) => encoders.get(column));
      const [first] = encoders;
      if (!first || !encoders.every((encoder) => encoder !== undefined))
        throw attributes.inconsistent("encoder_list has encoders of other columns");
      const encode: ColumnEncoder["encode"] = (cell) => {
        const numbers = encoders.map((encoder) => encoder.encode(cell)?.[0]);
        return numbers.every((number) => number !== undefined) ? numbers : undefined;
      };
      return [
        column,
        { names: parts.map(({ percentile }) => `${column}_${percentile}`), categories: first.categories, encode },
      ];
    }),
  );
  return codedTransformer(attributes, byColumn);
}

function readColumnEncoders(attributes: EstimatorAttributes): ReadonlyMap<Scalar, ColumnEncoder> {
  const ordinal = attributes.get("ordinal_encoder");
  if (!(ordinal instanceof Instance)) throw attributes.expected("an OrdinalEncoder", ["ordinal_encoder"], ordinal);
  const codes = readOrdinalCodes(new EstimatorAttributes(ordinal, `${attributes.type}.ordinal_encoder`));
  const mappings = readMappings(attributes);
  const skipsEmpty = /\.(OneHot|RankHot)Encoder$/.test(attributes.type);
  const byColumn = new Map<Scalar, ColumnEncoder>();
  for (const column of encodedColumns(attributes)) {
    const ordinalCodes = codes.get(column);
    if (!ordinalCodes) throw attributes.inconsistent("its ordinal_encoder encodes other columns");
    const mapping = mappings.get(column);
    // A one-hot encoder leaves a column without categories as it is.
    if (mapping === undefined && skipsEmpty) continue;
    byColumn.set(column, codedColumn(attributes, column, ordinalCodes, mapping));
  }
  return byColumn;
}

function codedTransformer(
  attributes: EstimatorAttributes,
  byColumn: ReadonlyMap<Scalar, ColumnEncoder>,
): EstimatorDefinition {
  const table = readTableColumns(attributes, (column) => byColumn.get(column)?.names ?? [column]);
  const encoders = new Map([...byColumn].map(([column, encoder]) => [table.names.indexOf(column), encoder]));
  const names = attributes.get("feature_names", "feature_names_out_");
  const intercept = contrasts.test(attributes.type) && Array.isArray(names) && names[0] === "intercept";
  return columnsTransformer(attributes, table, encoders, { unknownCategory, intercept });
}

function codedColumn(
  attributes: EstimatorAttributes,
  column: Scalar,
  { categories, codeOf }: OrdinalCodes,
  mapping: Value | undefined,
): ColumnEncoder {
  const lump = lumpingOf(attributes, column);
  const rejectsUnknown = attributes.get("handle_unknown") === "error";
  const { names, numbers } = readNumbers(attributes, column, mapping);
  const isOneHot = attributes.type.endsWith(".OneHotEncoder");
  const absentOf = absentNumbers(attributes, names.length);
  return {
    names,
    categories,
    encode(cell) {
      const code = codeOf(lump(cell));
      if (rejectsUnknown && code === unknownCode) return undefined;
      return numbers.get(isOneHot && Number.isNaN(code) ? missingCode : code) ?? absentOf(code);
    },
  };
}

/** The numbers of a code that the mapping does not have. A rank-hot encoder takes it for a category below all. */
function absentNumbers(attributes: EstimatorAttributes, width: number): (code: number) => Float64Array {
  const nothing = new Float64Array(width).fill(Number.NaN);
  if (!attributes.type.endsWith(".RankHotEncoder")) return () => nothing;
  const lowest = attributes.get("handle_unknown") === "return_nan" ? nothing : new Float64Array(width);
  const missing = attributes.get("handle_missing") === "return_nan" ? nothing : lowest;
  return (code) => (Number.isNaN(code) ? missing : lowest);
}

interface CodedNumbers {
  readonly names: readonly Scalar[];
  /** By code. */
  readonly numbers: LabelMap<ArrayLike<number>>;
}

function readNumbers(attributes: EstimatorAttributes, column: Scalar, mapping: Value | undefined): CodedNumbers {
  if (!isFrame(mapping)) {
    const entries = seriesEntries(attributes, mapping, column);
    return { names: [column], numbers: new LabelMap(entries.map(([code, number]) => [code, [number]])) };
  }
  const frame = readFrame(mapping);
  const columns = frame.columns.map((_, position) => frame.column(position));
  const rows = frame.index.map((code, row) => {
    const numbers = Float64Array.from(columns, (values) => {
      const number = values[row];
      if (typeof number !== "number") throw attributes.inconsistent("a mapping has a value that is not a number");
      return number;
    });
    return [code, numbers] as const;
  });
  return { names: frame.columns, numbers: new LabelMap(rows) };
}
