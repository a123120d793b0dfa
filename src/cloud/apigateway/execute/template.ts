// A mapping template, parsed when it is first used, and how its faults become API Gateway's answer.

import { JavaRegexError } from "../java-regex.js";
import { type Node, VtlError } from "../vtl/ast.js";
import { evaluate } from "../vtl/evaluate.js";
import { parseTemplate } from "../vtl/parse-template.js";
import type { JavaMap } from "../vtl/values.js";
import { configurationError } from "./failure.js";

export class Template {
  readonly text: string;
  #nodes: readonly Node[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** @throws GatewayFailure API_CONFIGURATION_ERROR when the template cannot be read or run */
  render(variables: JavaMap): string {
    try {
      this.#nodes ??= parseTemplate(this.text);
      return evaluate(this.#nodes, variables);
    } catch (error) {
      // A RangeError is the engine's own bound on text and recursion, reached by the template.
      if (error instanceof VtlError || error instanceof JavaRegexError || error instanceof RangeError) {
        throw configurationError(`Unable to transform: ${error.message}`);
      }
      throw error;
    }
  }
}

/** Templates by content type. */
export type Templates = ReadonlyMap<string, Template>;

export function templatesOf(texts: Readonly<Record<string, string | null>> | undefined): Templates {
  return new Map(
    Object.entries(texts ?? {}).map(([contentType, text]) => [contentType.toLowerCase(), new Template(text ?? "")]),
  );
}
