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
