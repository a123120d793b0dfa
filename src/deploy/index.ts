// The public interface of deploy: from a spec to a running prediction API, through AWS's APIs alone.

export { type Aws, type AwsOptions, connectAws } from "./aws.js";
export { withAwsErrors } from "./aws-errors.js";
export { type DesiredImage, type DesiredState, desiredState, type Pushed, type PushTarget } from "./desired-state.js";
export { destroy, findRemovable, type Removable } from "./destroy.js";
export { DeployError, deployErrorCodes } from "./errors.js";
export { type Invoked, invokeFunction, invokeThroughApi } from "./invoke.js";
export { type ListedStage, listDeployments } from "./list.js";
export { followLogs, type LogLine, readLogs } from "./logs.js";
export { type Names, namesOf, type Place } from "./names.js";
export {
  type Applied,
  type ApplyOptions,
  applyPlan,
  type Done,
  differenceText,
  type Plan,
  planDeployment,
  planText,
} from "./plan.js";
export type { Context, Step } from "./resources/resource.js";
export { type RolledBack, rollback } from "./rollback.js";
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
export type { Check, Passed } from "./verify.js";
