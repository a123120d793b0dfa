// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const deployErrorCodes = {
  "spec-invalid": {
    meaning: "A deployment's name, stage, route or size breaks a rule of AWS.",
    remedy: "Choose a value that follows the rule in the message.",
  },
  "resource-not-ours": {
    meaning: "A resource has the name that the deployment needs, but not the deployment's tag.",
    remedy: "Choose another --name, or remove the resource if nobody needs it.",
  },
  "aws-refused": {
    meaning: "AWS (or the cloud in its place) refused a request.",
    remedy: "Read AWS's own words in the message; then run the command again, it continues where it stopped.",
  },
  "aws-unreachable": {
    meaning: "The address of AWS, or of the cloud in its place, did not answer.",
    remedy: "Check the network, or start the local cloud with `tepal cloud start`; then run the command again.",
  },
  "aws-not-configured": {
    meaning: "There are no AWS credentials, or no region.",
    remedy: "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and give --region or set AWS_REGION.",
  },
  "deployment-unknown": {
    meaning: "No resource carries the deployment's tag in this account and region.",
    remedy: "See `tepal list`; check --region and --target.",
  },
  "version-unknown": {
    meaning: "The function has no such version to go back to.",
    remedy: "Deploy twice before rolling back, or name a version that exists.",
  },
  "function-failed": {
    meaning: "Lambda could not make the function ready with its image.",
    remedy: "Read Lambda's reason in the message, and the function's log with `tepal logs NAME`.",
  },
  "aws-did-not-finish": {
    meaning: "AWS accepted a change and did not carry it out in time.",
    remedy: "Run the command again: it continues where it stopped.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class DeployError extends errorClass(deployErrorCodes) {}
