// The public interface of deploy: from a spec to a running prediction API, through AWS's APIs alone.

export { codeResponse } from "./api/responses.js";
export { type Aws, connectAws } from "./aws.js";
export { withAwsErrors } from "./aws-errors.js";
export type { Check } from "./check.js";
export { type DesiredImage, desiredState } from "./desired-state.js";
export { destroy, findRemovable } from "./destroy.js";
export { DeployError } from "./errors.js";
export { invokeFunction, invokeThroughApi } from "./invoke.js";
export { listDeployments } from "./list.js";
export { followLogs, type LogLine, readLogs } from "./logs.js";
export { namesOf } from "./names.js";
export { deployedOpenApi } from "./openapi.js";
export { type Applied, applyPlan, type Done, type Plan, planDeployment, planText } from "./plan.js";
export type { Context, Step } from "./resources/resource.js";
export { rollback } from "./rollback.js";
export {
  checkSpec,
  memoryMbMax,
  memoryMbMin,
  nameFromFile,
  type Spec,
  specDefaults,
  timeoutSecondsMax,
  timeoutSecondsMin,
} from "./spec.js";
export type { Passed } from "./verify.js";
