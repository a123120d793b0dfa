// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const cloudErrorCodes = {
  "data-directory-removed": {
    meaning: "The cloud's data directory was removed or replaced while the cloud was running.",
    remedy: "Stop the cloud (tepal cloud stop), restore the directory if it is needed, and start the cloud again.",
  },
  "data-directory-unusable": {
    meaning: "The cloud's data directory cannot be created, read or written.",
    remedy: "Check the path and its permissions, or choose another directory with --data.",
  },
  "port-in-use": {
    meaning: "Another process uses the port on which the cloud would listen.",
    remedy: "Stop that process, or choose another port with --port.",
  },
  "store-damaged": {
    meaning: "A file in the cloud's data directory is not a store, or is incomplete.",
    remedy: "Restore the directory from a backup, or delete it to start with an empty cloud.",
  },
  "store-format": {
    meaning: "Another version of Tepal wrote the cloud's data directory, in a different format.",
    remedy: "Use that version of Tepal, or choose another directory with --data.",
  },
  "store-in-use": {
    meaning: "Another cloud uses the data directory.",
    remedy: "Stop that cloud (tepal cloud stop), or choose another directory with --data.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class CloudError extends errorClass(cloudErrorCodes) {}
