/** The cells that pandas.read_csv reads as missing by default (pandas 2 and 3). */
export const missingValues: ReadonlySet<string> = new Set([
  "",
  "#N/A",
  "#N/A N/A",
  "#NA",
  "-1.#IND",
  "-1.#QNAN",
  "-NaN",
  "-nan",
  "1.#IND",
  "1.#QNAN",
  "<NA>",
  "N/A",
  "NA",
  "NULL",
  "NaN",
  "None",
  "n/a",
  "nan",
  "null",
]);

/** No entry of `missingValues` is longer: a longer cell needs no look-up. */
export const missingLengthMax = Math.max(...[...missingValues].map((value) => value.length));
