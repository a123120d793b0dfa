// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const trainErrorCodes = {
  "csv-empty": {
    meaning: "A table holds nothing.",
    remedy: "Give a CSV file with a header and at least two rows.",
  },
  "csv-too-large": {
    meaning: "A table is larger than what is read at once.",
    remedy: "Train on a sample of the rows.",
  },
  "csv-not-text": {
    meaning: "A table is not UTF-8 text.",
    remedy: "Save it as CSV in UTF-8; a spreadsheet file must be exported first.",
  },
  "csv-header": {
    meaning: "The first line of a table does not name every column once.",
    remedy: "Give each column a name of its own in the first line, separated by commas.",
  },
  "csv-row-length": {
    meaning: "A row of a table has more or fewer cells than the header.",
    remedy: "Mend the row; a cell that holds a comma needs double quotes around it.",
  },
  "csv-quote": {
    meaning: "A double quote in a table opens no cell or is not closed.",
    remedy: 'Put double quotes around the whole cell, and write one inside it as "".',
  },
  "train-option": {
    meaning: "An option of a training has a value that it cannot have.",
    remedy: "Give one of the values that the message lists.",
  },
  "train-label-unknown": {
    meaning: "The table has no column of the label's name.",
    remedy: "Name one of the table's columns with --label.",
  },
  "train-no-features": {
    meaning: "The table has the label's column alone.",
    remedy: "Add the columns to predict from.",
  },
  "train-too-large": {
    meaning: "The table has more numbers than an estimator is fitted to here.",
    remedy: "Train on a sample of the rows.",
  },
  "train-value-missing": {
    meaning: "A cell of the table is empty.",
    remedy: "Fill it in, or leave the row out.",
  },
  "train-not-a-number": {
    meaning: "A cell beside the label is not a number.",
    remedy: "Write numbers with a decimal point; turn categories into numbers, or leave the column out.",
  },
  "train-classes": {
    meaning: "The label's column has one value only, or too many.",
    remedy: "Name the column that tells the classes apart with --label.",
  },
  "train-not-finite": {
    meaning: "An estimator was fitted to values so large or so small that its coefficients are no numbers.",
    remedy: "Scale the columns, for example to a mean of 0 and a deviation of 1.",
  },
  "train-too-few-rows": {
    meaning: "The table has too few rows of its classes for the number of folds.",
    remedy: "Ask for fewer folds, or for none, or add rows.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class TrainError extends errorClass(trainErrorCodes) {}
