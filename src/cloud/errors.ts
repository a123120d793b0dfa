// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const cloudErrorCodes = {
  "port-in-use": {
    meaning: "The port on which the cloud should listen is taken by another process.",
    remedy: "Stop that process, or choose another port with --port.",
  },
  "store-damaged": {
    meaning: "The cloud's data folder holds a file that is not a store, or not all of one.",
    remedy: "Restore the folder from a copy, or remove it to begin with an empty cloud.",
  },
  "store-format": {
    meaning: "The cloud's data folder was written by a version of Tepal that stores things in another way.",
    remedy: "Use that version of Tepal, or choose another folder with --data.",
  },
  "store-in-use": {
    meaning: "Another cloud has the data folder open.",
    remedy: "Stop that cloud (tepal cloud stop), or choose another folder with --data.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class CloudError extends errorClass(cloudErrorCodes) {}
