// What `GET /model` returns: the model's signature, its versions and its files.

import type { Scalar, Signature } from "../model/index.js";
import type { JsonSchema } from "./json-schema.js";

/** What is known of a model beside its signature. */
interface ModelFacts {
  readonly name: string;
  /** The version of Tepal that runs the model. */
  readonly tepal: string;
  /** The version of the function; null outside Lambda. */
  readonly release: string | null;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly digest: string }[];
}

/** JSON. */
export function modelInfo({ name, tepal, release, files }: ModelFacts, signature: Signature): string {
  const { format, type, libraries, features, named, classes, methods, parameters } = signature;
  const info = {
    name,
    type,
    format,
    release,
    versions: { tepal, ...libraries },
    files,
    signature: { features, named, ...(classes && { classes }), methods, parameters },
  };
  return JSON.stringify(info, (_key, value: unknown) => (typeof value === "bigint" ? exact(value) : value));
}

/** An integer that a double cannot represent is a string of its digits. */
function exact(value: bigint): Scalar {
  return BigInt(Number(value)) === value ? Number(value) : value.toString();
}

const text: JsonSchema = { type: "string" };

export const modelInfoSchema: JsonSchema = {
  title: "Model",
  type: "object",
  required: ["name", "type", "format", "release", "versions", "files", "signature"],
  properties: {
    name: text,
    type: { ...text, description: "The estimator, as its library names it." },
    format: { ...text, description: "The format of the model file." },
    release: { type: ["string", "null"], description: "The version of the function." },
    versions: {
      type: "object",
      description: "The version of Tepal, and those of the libraries that the model file records.",
      required: ["tepal"],
      additionalProperties: text,
    },
    files: {
      type: "array",
      items: {
        type: "object",
        required: ["name", "bytes", "digest"],
        properties: { name: text, bytes: { type: "integer" }, digest: text },
      },
    },
    signature: {
      type: "object",
      description: "Columns, classes, methods and parameters.",
      required: ["features", "named", "methods", "parameters"],
    },
  },
};
