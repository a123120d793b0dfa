// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const cliErrorCodes = {
  "file-unreadable": {
    meaning: "A file that the command needs cannot be read.",
    remedy: "Check the path and its permissions.",
  },
  "file-unwritable": {
    meaning: "The output of the command cannot be written.",
    remedy: "Choose another path, or free disk space.",
  },
  "cloud-not-running": {
    meaning: "No local cloud is running on this port.",
    remedy: "Start it with `tepal cloud start`, or pass its port with --port.",
  },
  "cloud-not-started": {
    meaning: "The local cloud exited before it responded, did not respond in time, or is running with other options.",
    remedy: "Read its log, above. If another program is using the port, choose another one with --port.",
  },
  "cloud-not-stopped": {
    meaning: "The local cloud did not exit when it was told to.",
    remedy: "Wait for its requests to complete, or kill the process; acknowledged data is kept.",
  },
  "not-confirmed": {
    meaning: "The change was not confirmed.",
    remedy: "Answer y at the prompt, or pass --yes.",
  },
  "invoke-failed": {
    meaning: "The deployed model or code responded with an error.",
    remedy:
      "For a status of 4xx, correct the request as the response says; for 5xx, read the function's log with `tepal logs NAME`.",
  },
  "command-line": {
    meaning: "The command line has an unknown command or option, an invalid value, or a missing argument.",
    remedy: "See `tepal --help`, or `tepal COMMAND --help` for one command.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class CliError extends errorClass(cliErrorCodes) {}
