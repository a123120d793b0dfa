import type { Scalar } from "../../model/index.js";
import { describeModel } from "../overview.js";
import type { ClientSubject } from "./index.js";
import { clientTypes, type TypeSyntax } from "./row-types.js";
import { typescriptRuntime } from "./typescript-runtime.js";

const syntax: TypeSyntax = {
  number: "number",
  string: "string",
  boolean: "boolean",
  json: "Readonly<Record<string, unknown>> | readonly unknown[]",
  // A larger integer is another number when it has been parsed.
  literal: (value: Scalar) => (typeof value === "bigint" ? undefined : JSON.stringify(value)),
  union: (types) => types.join(" | "),
  orNull: (type) => `${type} | null`,
  list: (type) => (/^\w+$/.test(type) ? `readonly ${type}[]` : `readonly (${type})[]`),
  record: (columns) => {
    const members = columns.map(
      ({ name, type, optional }) => `  readonly ${keyOf(name)}${optional ? "?" : ""}: ${type};`,
    );
    return `{\n${members.join("\n")}\n}`;
  },
  openUnion: (literals) => [...literals, "(string & {})"].join(" | "),
};

/** A TypeScript module without dependencies: Node.js 20 or newer, and browsers. */
export function typescriptClient({ title, signature, url }: ClientSubject): string {
  const { row, label, results } = clientTypes(signature, syntax);
  const first = results[0]?.method ?? "predict";
  return `// Client of the prediction API ${commentOf(title)}: ${commentOf(describeModel(signature))}.
// Written by \`tepal client --language typescript\`. It has no dependencies: Node.js 20 or newer, and browsers.

/** One row of the table. */
export type Row = ${row};
${label === undefined ? "" : `\n/** A class of the model. */\nexport type Label = ${label};\n`}
/** For each method of the model, the result of one row. */
export interface Results {
${results.map(({ method, type }) => `  readonly ${method}: ${type};`).join("\n")}
}

const defaultUrl: string | undefined = ${url === undefined ? "undefined" : JSON.stringify(url)};
const defaultMethod = ${JSON.stringify(first)};
${typescriptRuntime}`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** Names come from model files: they stay on the line of their comment. */
function commentOf(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Zl}|\p{Zp}/gu, " ");
}
