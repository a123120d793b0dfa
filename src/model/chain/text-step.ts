// What the code does to a string before a vectorizer: each cleaning is one expression of Python, with its result.

import { CellError } from "../core/cell-error.js";
import type { Feature } from "../core/model.js";
import { ModelError } from "../errors.js";
import type { Estimator } from "../estimator/estimator.js";
import { columnOf, transformTo, widthOf } from "../estimator/tables.js";
import { StepBudget, substituterOf } from "../regex/pattern-matcher.js";
import { PatternError, parsePattern, pythonSpace } from "../regex/python-pattern.js";

/** A cleaning whose words have been read. */
export type WordCleaning =
  | "lower"
  | "strip"
  | { readonly sub: readonly [pattern: string, replacement: string] }
  | { readonly drop: ReadonlySet<string> };

type Clean = (text: string, budget: StepBudget) => string;

/**
 * Cleans every cell of `count` columns of strings.
 * @throws ModelError "chain-text" for a pattern that is not supported
 */
export function textCleaner(cleanings: readonly WordCleaning[], count: number): Estimator {
  const steps = cleanings.map(cleanOf);
  const clean: Clean = (text, budget) => steps.reduce((cleaned, step) => step(cleaned, budget), text);
  return {
    type: "text",
    inputs: {
      count,
      named: false,
      missing: false,
      features: () =>
        Array.from({ length: count }, (_, column): Feature => {
          return { name: count === 1 ? "text" : `x${column}`, kind: "text", missing: false };
        }),
    },
    keepsMissing: false,
    methods: new Map([
      [
        "transform",
        transformTo(
          count,
          (table) => {
            const budget = new StepBudget();
            const columns = Array.from({ length: widthOf(table) }, (_, column) =>
              columnOf(table, column).map((cell, row) => {
                if (typeof cell === "string") return clean(cell, budget);
                throw new CellError("input-not-a-string", row, column, (where) => `Expected a string at ${where}`);
              }),
            );
            return { kind: "frame", rows: table.rows, columns };
          },
          "text",
        ),
      ],
    ]),
    parameters: {},
  };
}

const isSpace = new RegExp(`^${pythonSpace.source}$`, "u");

/** str.strip(). A regular expression for the end would read a run of spaces once from each of its characters. */
function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace.test(text.charAt(start))) start++;
  while (start < end && isSpace.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function cleanOf(cleaning: WordCleaning): Clean {
  if (cleaning === "lower") return (text) => text.toLowerCase();
  if (cleaning === "strip") return strip;
  if ("sub" in cleaning) return substitution(cleaning.sub);
  const { drop } = cleaning;
  return (text) => {
    const words = text.split(pythonSpace).filter((word) => word !== "" && !drop.has(word));
    return words.join(" ");
  };
}

function substitution([pattern, replacement]: readonly [string, string]): Clean {
  try {
    return substituterOf(parsePattern(pattern), replacement);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new ModelError(
      "chain-text",
      `The pattern ${JSON.stringify(pattern.slice(0, 60))} is not supported: ${error.message}`,
    );
  }
}
