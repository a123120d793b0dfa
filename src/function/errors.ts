// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const functionErrorCodes = {
  "input-not-json": {
    meaning: "The request is not valid JSON.",
    remedy: 'Send JSON, for example {"values": [[5.9, 3.0, 5.1, 2.3]]}, in double quotes.',
  },
  "input-not-an-object": {
    meaning: "The request is JSON, but not an object.",
    remedy: 'Put the rows in "values": {"values": [[5.9, 3.0, 5.1, 2.3]]}.',
  },
  "input-body-missing": {
    meaning: "An HTTP request has no body.",
    remedy: "Send the request as the body of a POST.",
  },
  "input-key-unknown": {
    meaning: "A request has no rows under a known key.",
    remedy: 'Put the rows in "values": {"values": [[5.9, 3.0, 5.1, 2.3]]}.',
  },
  "input-ambiguous": {
    meaning: "A request has rows under several keys.",
    remedy: 'Send one of "values", "instances", "inputs", "dataframe_split", "dataframe_records" and "csv".',
  },
  "input-option": {
    meaning: "An option of a request has a value of the wrong type.",
    remedy: 'Send, for example, {"values": [...], "methods": ["predict", "predict_proba"], "labels": true}.',
  },
  "input-labels": {
    meaning: "A request has labels: true, and the method does not return a value for each class.",
    remedy: 'Leave out "labels", or choose a method such as predict_proba.',
  },
  "input-form": {
    meaning: "A request in the form of MLflow or KServe has a member of the wrong type.",
    remedy: 'Send, for example, {"dataframe_split": {"columns": [...], "data": [[...]]}} or {"instances": [[...]]}.',
  },
  "input-csv": {
    meaning: "A request is not valid CSV, or its result cannot be CSV.",
    remedy: "Send one line for each row, with the same number of cells, separated by commas.",
  },
  "input-tensor": {
    meaning: "The inputs of an Open Inference Protocol request are invalid.",
    remedy: 'Send, for example, {"inputs": [{"name": "input", "shape": [1, 4], "datatype": "FP64", "data": [...]}]}.',
  },
  "model-file-not-found": {
    meaning: "A function image contains no model file, or several without TEPAL_MODEL.",
    remedy: "Put one file into the directory model beside the bundle, or set the environment variable TEPAL_MODEL.",
  },
  "server-address": {
    meaning: "The server cannot listen on its address and port.",
    remedy: "Stop the program that uses the port, or choose another with --port.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class FunctionError extends errorClass(functionErrorCodes) {}
