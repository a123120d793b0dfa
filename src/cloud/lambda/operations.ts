// The operations of Lambda that this cloud implements.

import type { Operations } from "../protocol/operation.js";
import { getAccountSettings } from "./operations/account.js";
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from "./operations/aliases.js";
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from "./operations/concurrency.js";
import { createFunction } from "./operations/create-function.js";
import { deleteFunction } from "./operations/delete-function.js";
import {
  getFunctionCodeSigningConfig,
  getFunctionEventInvokeConfig,
  getRuntimeManagementConfig,
} from "./operations/fixed-configurations.js";
import { getFunction, getFunctionConfiguration, listFunctions } from "./operations/get-function.js";
import { invoke } from "./operations/invoke.js";
import { addPermission, getPolicy, removePermission } from "./operations/permissions.js";
import { listTags, tagResource, untagResource } from "./operations/tags.js";
import { updateFunctionCode, updateFunctionConfiguration } from "./operations/update-function.js";
import { listVersionsByFunction, publishVersion } from "./operations/versions.js";
import type { LambdaState } from "./state.js";

export const operations: Operations<"lambda", LambdaState> = {
  AddPermission: addPermission,
  CreateAlias: createAlias,
  CreateFunction: createFunction,
  DeleteAlias: deleteAlias,
  DeleteFunction: deleteFunction,
  DeleteFunctionConcurrency: deleteFunctionConcurrency,
  GetAccountSettings: getAccountSettings,
  GetAlias: getAlias,
  GetFunction: getFunction,
  GetFunctionCodeSigningConfig: getFunctionCodeSigningConfig,
  GetFunctionConcurrency: getFunctionConcurrency,
  GetFunctionConfiguration: getFunctionConfiguration,
  GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
  GetPolicy: getPolicy,
  GetRuntimeManagementConfig: getRuntimeManagementConfig,
  Invoke: invoke,
  ListAliases: listAliases,
  ListFunctions: listFunctions,
  ListTags: listTags,
  ListVersionsByFunction: listVersionsByFunction,
  PublishVersion: publishVersion,
  PutFunctionConcurrency: putFunctionConcurrency,
  RemovePermission: removePermission,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAlias: updateAlias,
  UpdateFunctionCode: updateFunctionCode,
  UpdateFunctionConfiguration: updateFunctionConfiguration,
};
