// Filter patterns for unstructured logs: `timeout` and `"out of memory"` must appear, `-debug` must not, and at least
// one of the terms marked `?` must. Patterns for JSON ({ $.level = "ERROR" }) and for columns ([ip, user]) are rejected
// as not implemented.

import { invalidParameter } from "../errors.js";

const patternCharactersMax = 1024;

interface FilterPattern {
  readonly all: readonly string[];
  readonly none: readonly string[];
  /** Empty without terms marked `?`. */
  readonly any: readonly string[];
}

/** @throws AwsError InvalidParameterException */
export function parseFilterPattern(text: string): FilterPattern {
  const pattern = text.trim();
  if (pattern.length > patternCharactersMax)
    throw invalidParameter(
      `A filter pattern can have at most ${patternCharactersMax} characters, found ${pattern.length}`,
    );
  if (/^[{[%]/.test(pattern))
    throw invalidParameter(
      "Filter patterns for JSON, columns and regular expressions are not implemented in this cloud",
    );
  const terms = [...pattern.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)].map(([, mark, quoted, plain]) => ({
    mark,
    term: quoted === undefined ? (plain ?? "") : quoted.replace(/\\(.)/g, "$1"),
  }));
  if ((pattern.match(/(?<!\\)"/g) ?? []).length % 2 !== 0) throw invalidParameter("Invalid filter pattern");
  const marked = (symbol: string) => terms.flatMap(({ mark, term }) => (mark === symbol && term !== "" ? term : []));
  return { all: marked(""), none: marked("-"), any: marked("?") };
}

export function matches({ all, none, any }: FilterPattern, message: string): boolean {
  return (
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (any.length === 0 || any.some((term) => message.includes(term)))
  );
}
