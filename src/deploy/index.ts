// The door of deploy: from a spec to a running prediction API, through AWS's APIs alone.

export { type Aws, type AwsOptions, connectAws } from "./aws.js";
export { explaining } from "./aws-errors.js";
export { destroy, findRemovable } from "./destroy.js";
export { DeployError, deployErrorCodes } from "./errors.js";
export { type Invoked, invokeFunction, invokeThroughApi } from "./invoke.js";
export { type ListedStage, listDeployments } from "./list.js";
export { followLogs, type LogLine, readLogs } from "./logs.js";
export { invokeUrl, type Names, namesOf, type Place } from "./names.js";
export { describe, exampleRequest } from "./openapi/document.js";
export type { ErrorWords } from "./openapi/integration.js";
export { type Applied, applyPlan, type Done, type Plan, planDeployment } from "./plan.js";
export type { Push, Pushed, PushTarget } from "./push.js";
export type { Context, Facts, Removable, Step } from "./resources/resource.js";
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
export { want } from "./want.js";
export type { Wanted, WantedImage } from "./wanted.js";
export { bytesText } from "./words.js";
