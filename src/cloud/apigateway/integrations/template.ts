// A mapping template, parsed when it is first used.

import type { Node } from "../vtl/ast.js";
import { evaluate } from "../vtl/evaluate.js";
import { parseTemplate } from "../vtl/parse-template.js";
import type { JavaMap } from "../vtl/values.js";

export class Template {
  readonly text: string;
  /** Whether the template mentions `$context`, which is costly to build. */
  readonly readsContext: boolean;
  /**
   * Bodies of at least this many characters have exceeded the main thread's budget: a worker gets the next ones at
   * once.
   */
  workerFromCharacters = Number.POSITIVE_INFINITY;
  #nodes: readonly Node[] | undefined;

  constructor(text: string) {
    this.text = text;
    this.readsContext = text.includes("context");
  }

  /** @throws VtlError, JavaRegexError, RangeError (the engine's bound on strings and recursion), BudgetExceeded */
  render(variables: JavaMap): string {
    this.#nodes ??= parseTemplate(this.text);
    return evaluate(this.#nodes, variables);
  }
}

/**
 * Templates by content type. undefined: an empty template, which AWS stores as null and which passes the body through.
 */
export type Templates = ReadonlyMap<string, Template | undefined>;

export function templatesOf(texts: Readonly<Record<string, string | null>> | undefined): Templates {
  return new Map(
    Object.entries(texts ?? {}).map(([contentType, text]) => [
      contentType.toLowerCase(),
      text ? new Template(text) : undefined,
    ]),
  );
}
