// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const scoreErrorCodes = {
  "score-format": {
    meaning: "The format of a file of rows is unknown, or cannot be used here.",
    remedy: "Use a file name that ends in .csv, .tsv, .jsonl, .ndjson or .parquet, or pass --format.",
  },
  "score-input-empty": {
    meaning: "The input has no rows.",
    remedy: "Check that the file is the one that you meant, and that it was written completely.",
  },
  "score-header": {
    meaning: "The header of the input has no column names, or has the same name twice.",
    remedy: "Give every column a unique name in the first line, or pass --no-header if the file has no header.",
  },
  "score-columns": {
    meaning: "The columns of the input are not those of the model.",
    remedy: "Choose the columns in the model's order: --columns FIRST,SECOND,...",
  },
  "score-column-exists": {
    meaning: "The input has a column with the name of a column of predictions.",
    remedy: "Choose other names with --prefix.",
  },
  "score-record-too-long": {
    meaning: "A row of the input is longer than any row should be.",
    remedy: "Close the double quote that opens near the line in the message, or check the format of the file.",
  },
  "score-parquet": {
    meaning: "The Parquet file cannot be read.",
    remedy: "Copy or download the file again; open it with another program, such as pandas.",
  },
  "score-output": {
    meaning: "The method's result cannot be written as columns of a table.",
    remedy: "Choose another method with --method.",
  },
  "score-deployment": {
    meaning: "A deployment cannot score a table, or failed at it.",
    remedy: "Read the function's log with `tepal logs NAME`; check the deployment with `tepal list`.",
  },
  "score-row-rejected": {
    meaning: "A deployed model rejected a row.",
    remedy: "Correct the row as the reason says.",
  },
  "score-all-rejected": {
    meaning: "The model rejected all of the first rows.",
    remedy: "Correct the rows, or choose the columns with --columns.",
  },
  "score-too-many-rejects": {
    meaning: "More rows were rejected than --max-rejects allows.",
    remedy: "Read the reasons in the file of rejected rows, and correct the input.",
  },
  "score-interrupted": {
    meaning: "The run was stopped before its end.",
    remedy: "Run the same command again: it continues after the last row that was written.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class ScoreError extends errorClass(scoreErrorCodes) {}
