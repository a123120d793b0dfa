// The response body as JSON Schema 2020-12: what each method of the model returns.

import type { Method, Scalar, Signature } from "../model/index.js";
import type { JsonSchema } from "./json-schema.js";

/** More classes than this are described by their type. */
const classesListedMax = 200;

/** Methods whose result has a value for each class, if it has as many columns. */
const classMethods: ReadonlySet<string> = new Set(["predict_proba", "predict_log_proba", "decision_function"]);

/** Where a schema that occurs several times is: itself, or a reference to it. */
type Placed = (name: string, schema: JsonSchema) => JsonSchema;

/**
 * A list with a result for each row, or an object of such lists where the request has a list of methods.
 * @param placed is called with the objects of values by class, which many generators of clients need under a name
 */
export function responseSchema(signature: Signature, placed: Placed = (_name, schema) => schema): JsonSchema {
  const { methods } = signature;
  const rowsOf = (method: Method) => [rowSchema(method, signature), ...labelledSchema(method, signature, placed)];
  const rows = methods.flatMap(rowsOf);
  const byMethod = methods.map((method): [string, JsonSchema] => [method.name, listOf(rowsOf(method))]);
  return {
    title: "Response",
    anyOf: [
      { description: "The method's result for each row.", ...listOf(rows) },
      {
        description: "The results by method, for a request with methods.",
        type: "object",
        minProperties: 1,
        properties: Object.fromEntries(byMethod),
      },
    ],
  };
}

function listOf(rows: readonly JsonSchema[]): JsonSchema {
  const different = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
  const [first = {}] = different;
  return { type: "array", items: different.length > 1 ? { anyOf: different } : first };
}

function rowSchema({ name, output: { kind, columns } }: Method, { classes }: Signature): JsonSchema {
  if (columns === undefined) return kind === "label" ? labelSchema(classes) : valueSchema(kind);
  // A model of several targets returns lists in lists.
  if (!classMethods.has(name) || columns === "any" || columns !== classes?.length) return { type: "array" };
  return { type: "array", items: valueSchema(kind), minItems: columns, maxItems: columns };
}

/** A row of a request with labels: true. */
function labelledSchema(
  { name, output: { columns } }: Method,
  { classes = [] }: Signature,
  placed: Placed,
): JsonSchema[] {
  const names = columns === undefined && classes.length === 2 ? classes.slice(1) : classes;
  const isForClasses = classMethods.has(name) && names.length > 0 && (columns ?? 1) === names.length;
  if (!isForClasses || names.length > classesListedMax) return isForClasses ? [{ type: "object" }] : [];
  const keys = [...new Set(names.map(String))];
  return [
    placed(names === classes ? "ClassValues" : "SecondClassValue", {
      type: "object",
      required: keys,
      properties: Object.fromEntries(keys.map((key) => [key, valueSchema("number")])),
      additionalProperties: false,
    }),
  ];
}

/** NaN and infinity, which JSON does not have, are null. */
function valueSchema(kind: Method["output"]["kind"]): JsonSchema {
  return { number: { type: ["number", "null"] }, text: { type: "string" }, boolean: { type: "boolean" }, label: {} }[
    kind
  ];
}

function labelSchema(classes: readonly Scalar[] = []): JsonSchema {
  // JSON readers round a larger integer, each in its own way.
  const isExact = classes.every((label) => typeof label !== "bigint");
  return isExact && classes.length > 0 && classes.length <= classesListedMax ? { enum: [...new Set(classes)] } : {};
}
