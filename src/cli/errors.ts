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
  "spec-file-invalid": {
    meaning: "The spec file (tepal.yaml) is not valid YAML, or has an unknown or a missing key.",
    remedy: "See docs/chains.md for its keys, or use the JSON Schema in schema/tepal.schema.json in an editor.",
  },
  "handler-not-found": {
    meaning: "The handler of a Python function does not exist.",
    remedy: "Pass it as --handler MODULE.FUNCTION; MODULE is a file of the directory without .py.",
  },
  "python-not-found": {
    meaning: "No Python of this machine can be used.",
    remedy:
      "Install Python 3 with pip, or uv; for the base of the image, pass --base public.ecr.aws/lambda/python:3.12.",
  },
  "python-version": {
    meaning: "The Python version of an image is unknown, or differs from what the project requires.",
    remedy: "Choose the version with --python, and a base image of that version with --base.",
  },
  "requirements-unsupported": {
    meaning: "A requirement cannot be installed without building it, or cannot be read.",
    remedy:
      "Require a package with a wheel. Put your own modules into the directory, and dependencies into requirements.txt.",
  },
  "requirements-unresolved": {
    meaning: "The installer (pip or uv) found no set of packages for the requirements, or could not download it.",
    remedy: "Read the message, and change the requirements.",
  },
  "cloud-not-running": {
    meaning: "No local cloud is running on this port.",
    remedy:
      "Start it with `tepal cloud start`, or pass its port with --port or in the environment variable TEPAL_PORT.",
  },
  "cloud-not-started": {
    meaning: "The local cloud exited before it responded, did not respond in time, or is running with other options.",
    remedy: "Read its log, above. If another program is using the port, choose another one with --port.",
  },
  "cloud-not-stopped": {
    meaning: "The local cloud did not exit when it was told to.",
    remedy: "Wait for its requests to complete, or kill the process; acknowledged data is kept.",
  },
  "deployment-not-a-model": {
    meaning: "The image of a deployment is not one that this version of Tepal built from a model.",
    remedy: "Pass the model file instead of the name of the deployment, or deploy the model again.",
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
  "score-s3": {
    meaning: "Tables in S3 cannot be scored here, or not in their format.",
    remedy: "Pass --target aws and tables in CSV or JSON Lines; or copy them to this machine, and score the files.",
  },
  "score-not-a-model": {
    meaning: "The deployment is not a model, or does not say which columns its model has.",
    remedy:
      "Pass the columns in the model's order with --columns, or deploy the model again with this version of Tepal.",
  },
  "command-line": {
    meaning: "The command line has an unknown command or option, an invalid value, or a missing argument.",
    remedy: "See `tepal --help`, or `tepal COMMAND --help` for one command.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class CliError extends errorClass(cliErrorCodes) {}
