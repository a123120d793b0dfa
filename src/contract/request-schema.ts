// The request body as JSON Schema draft 4, the language of API Gateway's models. Without anyOf and additionalProperties,
// which its models do not support: keywords for arrays and for objects stand side by side and each applies to its own kind.

import type { Feature, Signature } from "../../model/index.js";

/** JSON Schema draft 4, as far as it is used here. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
}

/** Columns that a description names before it stops. */
const namesShown = 30;
/** Rows by name are described up to this many columns: API Gateway takes documents of 6 MB. */
const namedColumnsMax = 2_000;

/** The body of a prediction: `{"values": [[...], ...], "method": "predict"}`, exactly; for whoever reads the document. */
export function requestSchema(signature: Signature): Schema {
  return {
    title: "Request",
    type: "object",
    required: ["values"],
    properties: {
      values: {
        description: "One entry for each row to predict.",
        type: "array",
        minItems: 1,
        items: rowSchema(signature),
      },
      method: {
        description: `What to ask the model for; ${signature.methods[0]?.name ?? "predict"} when left out.`,
        type: "string",
        enum: signature.methods.map(({ name }) => name),
      },
    },
  };
}

/**
 * What API Gateway checks before a Lambda is billed: the request's frame. Its validator cannot tell at which row and column a value is
 * wrong, so rows are left to the function, which can.
 */
export function validatedSchema(signature: Signature): Schema {
  const { properties, ...frame } = requestSchema(signature);
  return { ...frame, properties: { ...properties, values: { type: "array" } } };
}

/** A row of a dictionary vectorizer or of label sets: any object or list. */
function rowIsOneValue({ features }: Signature): boolean {
  return features.length === 1 && features[0]!.kind === "json";
}

/** A row of a text vectorizer: a document, or a list of the one. */
export function rowIsOneText({ features }: Signature): boolean {
  return features.length === 1 && features[0]!.kind === "text";
}

function rowSchema(signature: Signature): Schema {
  const { features, named } = signature;
  if (rowIsOneValue(signature)) return { type: ["array", "object"] };
  if (rowIsOneText(signature)) return { description: "One document.", type: "string" };
  const values = features.map(valueSchema);
  const [first] = values;
  const alike = values.every((value) => JSON.stringify(value) === JSON.stringify(first));
  const asArray: Schema = {
    ...(first && { minItems: features.length, maxItems: features.length }),
    items: alike && first ? first : values,
  };
  const more = features.length > namesShown ? ", ..." : "";
  const names = features.map(({ name }) => name);
  const description = `The columns in this order: ${names.slice(0, namesShown).join(", ")}${more}.`;
  if (!named) return { description, type: "array", ...asArray };
  if (features.length > namedColumnsMax) return { description, type: ["array", "object"], ...asArray };
  return {
    description: `${description} Or an object with the columns by name.`,
    type: ["array", "object"],
    ...asArray,
    required: features.filter(({ unused }) => !unused).map(({ name }) => name),
    properties: Object.fromEntries(features.map((feature, i) => [feature.name, values[i]!])),
  };
}

/** Only what the model would refuse anyway is refused here; it checks again, and can say more. */
function valueSchema({ kind, missing }: Feature): Schema {
  const types = {
    number: ["number"],
    text: ["string"],
    category: ["string", "number", "boolean"],
    json: ["object", "array"],
  }[kind];
  return { type: missing ? [...types, "null"] : types.length === 1 ? types[0]! : types };
}

/**
 * The same schema in OpenAPI 3.0's subset, which has one type at a place and one schema for all items:
 * where it cannot say the truth it says less.
 */
export function inOpenApi(schema: Schema): Schema {
  const { type, items, properties, ...rest } = schema;
  return {
    ...rest,
    ...(typeof type === "string" ? { type } : {}),
    ...(items === undefined ? {} : { items: "length" in items ? {} : inOpenApi(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, inOpenApi(value)])),
        }),
  };
}
