// Filter patterns of unstructured text: `timeout` and `"out of memory"` must appear, `-debug` must not, and of the terms marked `?` one must.
// Patterns of JSON ({ $.level = "ERROR" }) and of columns ([ip, user]) are not read here, and say so.

import { invalidParameter } from "../errors.js";

const patternCharactersMax = 1024;

export interface FilterPattern {
  readonly all: readonly string[];
  readonly none: readonly string[];
  /** Empty when no term is marked `?`. */
  readonly any: readonly string[];
}

/** @throws AwsError InvalidParameterException */
export function parseFilterPattern(text: string): FilterPattern {
  const pattern = text.trim();
  if (pattern.length > patternCharactersMax)
    throw invalidParameter(`A filter pattern may have ${patternCharactersMax} characters, this has ${pattern.length}`);
  if (/^[{[%]/.test(pattern))
    throw invalidParameter("Filter patterns of JSON, columns and regular expressions are not built in this cloud");
  const terms = [...pattern.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)].map(([, mark, quoted, plain]) => ({
    mark,
    term: quoted === undefined ? (plain ?? "") : quoted.replace(/\\(.)/g, "$1"),
  }));
  if ((pattern.match(/(?<!\\)"/g) ?? []).length % 2 !== 0) throw invalidParameter("Invalid filter pattern");
  const marked = (wanted: string) => terms.flatMap(({ mark, term }) => (mark === wanted && term !== "" ? term : []));
  return { all: marked(""), none: marked("-"), any: marked("?") };
}

export function matches({ all, none, any }: FilterPattern, message: string): boolean {
  return (
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (any.length === 0 || any.some((term) => message.includes(term)))
  );
}
