// The request body as JSON Schema 2020-12, the dialect of OpenAPI 3.1.

import type { Feature, Signature } from "../model/index.js";

/** The part of JSON Schema 2020-12 that the contract uses. */
interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** The schema of every item; with `prefixItems`, of those after them. */
  readonly items?: Schema;
  /** One schema for each position. */
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly (string | null)[];
  /** Values seen in training. */
  readonly examples?: readonly unknown[];
}

/** Columns that a description lists by name. */
const namesShownMax = 30;
/** Rows with column names are described up to this many columns: API Gateway imports documents of up to 6 MB. */
const namedColumnsMax = 2_000;

/** Categories of a column that its schema lists. */
const categoriesShownMax = 50;

/** The body of a prediction request: `{"values": [[...], ...], "method": "predict"}`, with the type of every column. */
export function requestSchema(signature: Signature): Schema {
  const methods = signature.methods.map(({ name }) => name);
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
        description: `The model's method to call. Default: ${signature.methods[0]?.name ?? "predict"}.`,
        type: ["string", "null"],
        enum: [...methods, null],
      },
      methods: {
        description: "Several methods to call. The response is then an object with the result of each.",
        type: "array",
        items: { type: "string", enum: methods },
      },
      ...(signature.classes && {
        labels: {
          description:
            "Whether the values of classes are objects by class name. Without a method, calls predict_proba if the model has it.",
          type: "boolean",
        },
      }),
    },
  };
}

/** Whether each row is one document for the model's text vectorizer: the row can then be a string instead of a list. */
export function rowIsDocument({ features }: Signature): boolean {
  return features.length === 1 && features[0]?.kind === "text";
}

/** Whether a row is the whole input of a dictionary vectorizer or a label set: an object or a list. */
export function rowIsJson({ features }: Signature): boolean {
  return features.length === 1 && features[0]?.kind === "json";
}

function rowSchema(signature: Signature): Schema {
  const { features, named } = signature;
  if (rowIsJson(signature)) return { type: ["array", "object"] };
  if (rowIsDocument(signature)) return { description: "One document.", type: "string" };
  const values = features.map(valueSchema);
  const [first] = values;
  const isUniform = values.every((value) => JSON.stringify(value) === JSON.stringify(first));
  const asArray: Schema = first
    ? {
        minItems: features.length,
        maxItems: features.length,
        ...(isUniform ? { items: first } : { prefixItems: values }),
      }
    : { items: {} };
  const names = features.slice(0, namesShownMax).map(({ name }) => name);
  const description = `The columns, in order: ${names.join(", ")}${features.length > namesShownMax ? ", ..." : ""}.`;
  if (!named) return { description, type: "array", ...asArray };
  if (features.length > namedColumnsMax) return { description, type: ["array", "object"], ...asArray };
  return {
    description: `${description} Or an object with the values by column name.`,
    type: ["array", "object"],
    ...asArray,
    required: features.filter(({ unused }) => !unused).map(({ name }) => name),
    properties: Object.fromEntries(features.map((feature) => [feature.name, valueSchema(feature)])),
  };
}

/** Never stricter than the model, which checks every value again and names the row and column. */
function valueSchema({ kind, missing, categories }: Feature): Schema {
  const types = {
    number: ["number", "boolean"],
    text: ["string"],
    category: ["string", "number", "boolean"],
    json: ["object", "array"],
  }[kind];
  const seen = categories?.filter((category) => category !== null).slice(0, categoriesShownMax) ?? [];
  const examples = seen.map((category) => (typeof category === "bigint" ? Number(category) : category));
  const values = examples.length > 0 ? { examples } : {};
  if (missing) return { type: [...types, "null"], ...values };
  return { type: types.length === 1 ? types[0] : types, ...values };
}
