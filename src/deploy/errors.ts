// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const deployErrorCodes = {
  "spec-invalid": {
    meaning: "A deployment's name, stage, route or size violates a rule of AWS.",
    remedy: "Choose a value that follows the rule in the message.",
  },
  "resource-not-owned": {
    meaning: "A resource with the required name exists, but does not have the deployment's tag.",
    remedy: "Choose another --name, or delete the resource if it is no longer needed.",
  },
  "aws-error": {
    meaning: "AWS (or the local cloud) returned an error.",
    remedy: "Read AWS's message, then run the command again. It continues where it stopped.",
  },
  "aws-response-invalid": {
    meaning: "AWS (or the local cloud) returned a response without a required value.",
    remedy: "Run the command again. If the error persists, report it.",
  },
  "aws-unreachable": {
    meaning: "The endpoint of AWS (or of the local cloud) did not respond.",
    remedy: "Check the network, or start the local cloud with `tepal cloud start`, then run the command again.",
  },
  "aws-not-configured": {
    meaning: "AWS credentials or the region are not configured.",
    remedy: "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and pass --region or set AWS_REGION.",
  },
  "openapi-unavailable": {
    meaning: "The function of a deployment cannot describe its API: an older version of Tepal built it.",
    remedy: "Deploy the model again with this version of Tepal.",
  },
  "deployment-unknown": {
    meaning: "No resource has the deployment's tag in this account and region.",
    remedy: "Run `tepal list` to see all deployments, and check --region and --target.",
  },
  "version-unknown": {
    meaning: "The function does not have the version to roll back to.",
    remedy: "Specify an existing version with --to. A rollback requires at least two deployments.",
  },
  "function-failed": {
    meaning: "Lambda could not start the function with its image.",
    remedy: "Read the reason in the message, and the function's log with `tepal logs NAME`.",
  },
  "aws-did-not-finish": {
    meaning: "AWS accepted a change, but did not complete it in time.",
    remedy: "Run the command again. It continues where it stopped.",
  },
  "batch-failed": {
    meaning: "The Step Functions job that scores tables in S3 failed.",
    remedy:
      "Read the reason in the message and the failed batches in the Step Functions console. Run the command again: it continues with them.",
  },
  "check-failed": {
    meaning: "The deployed model did not return the prediction of the same model on this machine.",
    remedy:
      "Read the function's error and the end of its log in the message, or the complete log with `tepal logs NAME`.",
  },
  "api-protection-unknown": {
    meaning:
      "The deployed API is protected, but its resources no longer contain the protection. Deploying would make the API open.",
    remedy:
      "Set the protection on the API's method again and deploy, or pass --remove-protection to make the API open.",
  },
  "api-protection-lost": {
    meaning: "The import of the API did not keep its authorization, API key requirement or resource policy.",
    remedy: "Check the authorizer and policy of the API, or pass --remove-protection to make the API open.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class DeployError extends errorClass(deployErrorCodes) {}
