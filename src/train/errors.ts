// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const trainErrorCodes = {
  "csv-empty": {
    meaning: "The CSV file is empty.",
    remedy: "Give a CSV file with a header and at least two rows.",
  },
  "csv-too-large": {
    meaning: "The CSV file exceeds the size limit.",
    remedy: "Train on a sample of the rows.",
  },
  "csv-not-text": {
    meaning: "The CSV file is not UTF-8 text.",
    remedy: "Save it as CSV in UTF-8; a spreadsheet file must be exported first.",
  },
  "csv-header": {
    meaning: "The header has a missing or duplicate column name.",
    remedy: "Give each column a unique name in the first line, separated by commas.",
  },
  "csv-row-length": {
    meaning: "A row has more or fewer cells than the header.",
    remedy: "Correct the row. A cell that contains a comma must be enclosed in double quotes.",
  },
  "csv-quote": {
    meaning: "A double quote is inside an unquoted cell or is not closed.",
    remedy: 'Enclose the whole cell in double quotes, and write a double quote inside it as "".',
  },
  "train-option": {
    meaning: "A training option has an invalid value.",
    remedy: "Use one of the values in the message.",
  },
  "train-label-unknown": {
    meaning: "The table has no column with the name of the label.",
    remedy: "Pass the name of a column with --label.",
  },
  "train-no-features": {
    meaning: "The table has no columns except the label.",
    remedy: "Add feature columns.",
  },
  "train-too-large": {
    meaning: "The table exceeds the size limit for training.",
    remedy: "Train on a sample of the rows.",
  },
  "train-value-missing": {
    meaning: "A cell is empty.",
    remedy: "Fill in the value, or remove the row.",
  },
  "train-not-a-number": {
    meaning: "A feature value is not a number.",
    remedy: "Write numbers with a decimal point. Encode categories as numbers, or remove the column.",
  },
  "train-classes": {
    meaning: "The label column has a single value, or too many different values.",
    remedy: "Pass the column that contains the classes with --label.",
  },
  "train-not-finite": {
    meaning: "The fitted coefficients are not finite, because values are too large or too small.",
    remedy: "Scale the columns, for example to mean 0 and standard deviation 1.",
  },
  "train-too-few-rows": {
    meaning: "The table has too few rows for the number of cross-validation folds.",
    remedy: "Use fewer folds, disable cross-validation with --folds 0, or add rows.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class TrainError extends errorClass(trainErrorCodes) {}
