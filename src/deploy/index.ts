// The public interface of deploy: from a spec to a running prediction API, through AWS's APIs alone.

export { codeResponse } from "./api/responses.js";
export { type Aws, connectAws } from "./aws.js";
export { withAwsErrors } from "./aws-errors.js";
export { batchCost } from "./batch/batch-cost.js";
export { batchRole } from "./batch/batch-role.js";
export { type BatchFormat, batchDefinition, type S3Location } from "./batch/state-machine.js";
export type { Check } from "./check.js";
export { type DesiredImage, desiredState } from "./desired-state.js";
export { destroy, findRemovable } from "./destroy.js";
export { findImage } from "./find-image.js";
export { invokeFunction, invokeThroughApi } from "./invoke.js";
export { baseUrlOf, findDeployment, listDeployments } from "./list.js";
export { followLogs, type LogLine, readLogs } from "./logs.js";
export { readMetrics, type VersionMetrics } from "./metrics.js";
export { namesOf } from "./names.js";
export { deployedOpenApi } from "./openapi.js";
export { type Applied, applyPlan, type Done, type Plan, planDeployment, planText } from "./plan.js";
export type { Context, Step } from "./resources/resource.js";
export { rollback } from "./rollback.js";
export {
  checkSpec,
  isDeploymentName,
  memoryMbMax,
  memoryMbMin,
  nameFromFile,
  type Spec,
  specDefaults,
  timeoutSecondsMax,
  timeoutSecondsMin,
} from "./spec.js";
export { readIncomplete, readStatus, type StageStatus } from "./status.js";
export type { Passed } from "./verify.js";

/** Runs a job of Step Functions. Loaded on demand: no other command needs its client. See batch/run-batch.ts. */
export const runBatch: typeof import("./batch/run-batch.js").runBatch = async (...job) =>
  (await import("./batch/run-batch.js")).runBatch(...job);
