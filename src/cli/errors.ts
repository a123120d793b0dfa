// The error codes of this room: what happened and what to do. docs/errors.md is written from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const cliErrorCodes = {
  "file-unreadable": {
    meaning: "A file that the command needs cannot be read.",
    remedy: "Check the path, and whether this user may read it.",
  },
  "file-unwritable": {
    meaning: "The command's output cannot be written.",
    remedy: "Choose another path, or free some space.",
  },
  "image-not-runnable": {
    meaning: "Only images that Tepal built run without a container.",
    remedy: "Run it with a container engine, or push it to the cloud's registry and make a function of it.",
  },
  "cloud-not-running": {
    meaning: "No embedded cloud answers on this machine's port.",
    remedy: "Start it with `tepal cloud start`, or name its port with --port.",
  },
  "cloud-not-started": {
    meaning: "The embedded cloud ended before it answered, or did not answer in time.",
    remedy: "Read its log, above; choose another --port if the port is somebody else's.",
  },
  "cloud-not-stopped": {
    meaning: "The embedded cloud did not end when it was told to.",
    remedy: "Wait for its requests to end, or end the process; what it confirmed is kept.",
  },
  "not-confirmed": {
    meaning: "The change was not confirmed.",
    remedy: "Answer y when asked, or give --yes.",
  },
  "invoke-failed": {
    meaning: "The deployed model answered with an error.",
    remedy: "Correct the request as the answer says, or see the function's log with `tepal logs NAME`.",
  },
  "command-line": {
    meaning: "The command line names something that the command does not know, or leaves out something that it needs.",
    remedy: "See `tepal --help`, or `tepal COMMAND --help` for one command.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class CliError extends errorClass(cliErrorCodes) {}
