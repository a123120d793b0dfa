import type { Format } from "./block.js";
import { ScoreError } from "./errors.js";

const byExtension: Readonly<Record<string, Format>> = {
  csv: "csv",
  tsv: "csv",
  jsonl: "jsonl",
  ndjson: "jsonl",
  parquet: "parquet",
};

/** The name of standard input and standard output. */
export const standardStream = "-";

export interface FileFormat {
  readonly format: Format;
  readonly gzip: boolean;
  /** Of CSV. */
  readonly delimiter: string;
}

/**
 * The format of a file by its name, or else the one that the user chose.
 * @throws ScoreError "score-format"
 */
export function fileFormat(
  path: string,
  { format, delimiter }: { readonly format: Format | undefined; readonly delimiter: string | undefined },
): FileFormat {
  const [, extension = ""] = /\.([a-z]+)(?:\.gz)?$/i.exec(path) ?? [];
  const found = byExtension[extension.toLowerCase()] ?? format;
  if (!found) {
    const shown = path === standardStream ? "a stream" : JSON.stringify(path);
    throw new ScoreError("score-format", `The format of ${shown} is unknown`);
  }
  const gzip = /\.gz$/i.test(path);
  if (gzip && found === "parquet") {
    throw new ScoreError("score-format", "Parquet files are compressed inside; .gz is not supported for them");
  }
  const usual = extension.toLowerCase() === "tsv" ? "\t" : ",";
  return { format: found, gzip, delimiter: delimiter ?? usual };
}
