// The error codes of this room: what happened and what to do. docs/errors.md is written from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const functionErrorCodes = {
  "input-not-json": {
    meaning: "A request is not JSON text.",
    remedy: 'Send JSON, for example {"values": [[5.9, 3.0, 5.1, 2.3]]}, in double quotes.',
  },
  "input-not-an-object": {
    meaning: "A request is JSON, but not an object.",
    remedy: 'Put the rows under "values": {"values": [[5.9, 3.0, 5.1, 2.3]]}.',
  },
  "input-body-missing": {
    meaning: "A request came through an HTTP API without a body.",
    remedy: "Send the request as the body of a POST.",
  },
  "model-file-not-found": {
    meaning: "A function image holds no model file, or more than one and no word which one to use.",
    remedy: "Put one file into the folder model beside the bundle, or name the file in the variable TEPAL_MODEL.",
  },
  "server-address": {
    meaning: "The function's server cannot listen on its address and port.",
    remedy: "Stop the program that uses the port, or choose another with --port.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class FunctionError extends errorClass(functionErrorCodes) {}
