// The types of rows and results in a client's language, from the signature.

import type { Feature, Scalar, Signature } from "../../model/index.js";
import { rowIsDocument, rowIsJson } from "../request-schema.js";

/** How a language writes types. */
export interface TypeSyntax {
  readonly number: string;
  readonly string: string;
  readonly boolean: string;
  /** Any JSON object or list. */
  readonly json: string;
  /** A JSON literal as a type; undefined where the language has none for it. */
  literal(value: Scalar): string | undefined;
  union(types: readonly string[]): string;
  orNull(type: string): string;
  list(type: string): string;
  /** A row by column name. */
  record(columns: readonly Column[]): string;
  /** A string that is usually one of these. */
  openUnion(literals: readonly string[]): string;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

interface ClientTypes {
  /** Type of one row. */
  readonly row: string;
  /** Type of one label; undefined without classes. */
  readonly label: string | undefined;
  /** For each method, the type of the result of one row. */
  readonly results: readonly { readonly method: string; readonly type: string }[];
}

/** More literals make a type unreadable, and compilers slow. */
const literalsMax = 100;
/** A row with more columns is a list or a mapping of any names. */
const columnsMax = 2_000;

export function clientTypes(signature: Signature, syntax: TypeSyntax): ClientTypes {
  const { classes, methods } = signature;
  const label = classes === undefined ? undefined : labelType(classes, syntax);
  return {
    row: rowType(signature, syntax),
    label,
    results: methods.map(({ name, output }) => {
      const value = resultType(output.kind, label === undefined ? undefined : "Label", syntax);
      return { method: name, type: output.columns === undefined ? value : syntax.list(value) };
    }),
  };
}

function labelType(classes: readonly Scalar[], syntax: TypeSyntax): string {
  const literals = classes.length <= literalsMax ? classes.map((each) => syntax.literal(each)) : [undefined];
  const complete = literals.filter((literal) => literal !== undefined);
  return syntax.union(complete.length === literals.length ? complete : typesOf(classes, syntax));
}

function resultType(
  kind: Signature["methods"][number]["output"]["kind"],
  label: string | undefined,
  syntax: TypeSyntax,
): string {
  switch (kind) {
    case "label":
      return label ?? syntax.union([syntax.number, syntax.string, syntax.boolean]);
    case "number":
      return syntax.number;
    case "text":
      return syntax.string;
    case "boolean":
      return syntax.boolean;
    default:
      return kind satisfies never;
  }
}

function rowType(signature: Signature, syntax: TypeSyntax): string {
  const { features, named } = signature;
  if (rowIsDocument(signature)) return syntax.string;
  if (rowIsJson(signature)) return syntax.json;
  const types = features.map((feature) => valueType(feature, syntax));
  if (named && features.length <= columnsMax) {
    return syntax.record(
      features.map(({ name, unused }, index) => ({ name, type: types[index]!, optional: unused === true })),
    );
  }
  const any = [syntax.number, syntax.string, syntax.boolean];
  return syntax.list(types.length === 0 ? syntax.orNull(syntax.union(any)) : syntax.union([...new Set(types)]));
}

/** Never stricter than the model: categories that training has not seen can be accepted. */
function valueType({ kind, categories = [], missing }: Feature, syntax: TypeSyntax): string {
  const type = {
    number: syntax.number,
    text: syntax.string,
    json: syntax.json,
    category: categoryType(categories, syntax),
  }[kind];
  return missing ? syntax.orNull(type) : type;
}

function categoryType(categories: readonly Scalar[], syntax: TypeSyntax): string {
  const known = categories.filter((each) => each !== null);
  const areStrings = known.length > 0 && known.every((each) => typeof each === "string");
  if (!areStrings || known.length > literalsMax) {
    return syntax.union(known.length === 0 ? [syntax.string, syntax.number, syntax.boolean] : typesOf(known, syntax));
  }
  return syntax.openUnion(known.flatMap((each) => syntax.literal(each) ?? []));
}

function typesOf(values: readonly Scalar[], syntax: TypeSyntax): string[] {
  const types = values.map((value) => {
    if (typeof value === "string") return syntax.string;
    return typeof value === "boolean" ? syntax.boolean : syntax.number;
  });
  return [...new Set(types)];
}
