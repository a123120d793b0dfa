// Lambda: functions from container images, their versions, aliases and policies, and the environments they run in.

import { join } from "node:path";
import { uuid } from "../ids.js";
import type { Operations } from "../protocol/operation.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { ImageSource, Invoker, LogSink, Roles, Sessions } from "../service-interfaces.js";
import { addPermission } from "./add-permission.js";
import { createAlias } from "./create-alias.js";
import { createFunction } from "./create-function.js";
import { deleteAlias } from "./delete-alias.js";
import { deleteFunction } from "./delete-function.js";
import { deleteFunctionConcurrency } from "./delete-function-concurrency.js";
import { lambdaCollections } from "./function/collections.js";
import { parseFunctionName } from "./function/function-name.js";
import { getAccountSettings } from "./get-account-settings.js";
import { getAlias } from "./get-alias.js";
import { getFunction } from "./get-function.js";
import { getFunctionCodeSigningConfig } from "./get-function-code-signing-config.js";
import { getFunctionConcurrency } from "./get-function-concurrency.js";
import { getFunctionConfiguration } from "./get-function-configuration.js";
import { getFunctionEventInvokeConfig } from "./get-function-event-invoke-config.js";
import { getPolicy } from "./get-policy.js";
import { getRuntimeManagementConfig } from "./get-runtime-management-config.js";
import { Events } from "./invocation/events.js";
import { Invocations } from "./invocation/invocations.js";
import { checkPayload } from "./invocation/payload.js";
import { Preparations } from "./invocation/preparations.js";
import { Runner, sandboxId } from "./invocation/runner.js";
import { invoke } from "./invoke.js";
import { listAliases } from "./list-aliases.js";
import { listFunctions } from "./list-functions.js";
import { listTags } from "./list-tags.js";
import { listVersionsByFunction } from "./list-versions-by-function.js";
import { publishVersion } from "./publish-version.js";
import { putFunctionConcurrency } from "./put-function-concurrency.js";
import { removePermission } from "./remove-permission.js";
import { chooseSandbox } from "./sandbox/choose-sandbox.js";
import { RootTrees } from "./sandbox/root-tree.js";
import type { Sandbox } from "./sandbox/sandbox.js";
import type { LambdaState } from "./state.js";
import { tagResource } from "./tag-resource.js";
import { untagResource } from "./untag-resource.js";
import { updateAlias } from "./update-alias.js";
import { updateFunctionCode } from "./update-function-code.js";
import { updateFunctionConfiguration } from "./update-function-configuration.js";

const operations: Operations<"lambda", LambdaState> = {
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

/** The services that Lambda calls. */
export interface LambdaDependencies {
  readonly images: ImageSource;
  readonly roles: Roles;
  readonly sessions: Sessions;
  readonly logs: LogSink;
  /** How functions are kept apart; what this machine allows best when it is left out. */
  readonly sandbox?: Sandbox;
}

/** Lambda, its functions as they were when the store was last open, and ready to be invoked. */
export function createLambda(
  { store, clock, log, random, dataDir, publicHost }: ServiceContext,
  { images, roles, sessions, logs, sandbox }: LambdaDependencies,
): RunningService<"lambda", LambdaState> & { readonly invoker: Invoker } {
  const dir = join(dataDir, "lambda");
  const trees = new RootTrees(join(dir, "images"));
  const collections = lambdaCollections(store, () => invocations.forget());
  const endpointUrl = () => `http://${publicHost()}`;
  const chosen = sandbox
    ? Promise.resolve(sandbox)
    : chooseSandbox(machineFacts(join(dir, "sandbox"), sandboxId(random), clock.elapsedMs));
  chosen.then(({ name }) => log.info(`Functions run in ${name}`));
  const runner = new Runner({
    sandbox: chosen,
    trees,
    clock,
    log,
    random,
    logs,
    sessions,
    endpointUrl,
    onDrained: () => preparations.sweep(),
  });
  const preparations = new Preparations({ ...collections, store, images, trees, runner, log });
  const invocations = new Invocations({ ...collections, runner, preparations, random });
  const queue = new Events({ ...collections, invocations, clock, log });
  const state: LambdaState = {
    ...collections,
    store,
    clock,
    images,
    roles,
    newId: () => uuid(random),
    preparations,
    invocations,
    queue,
    warm: (version, place) => preparations.warm(version, place),
    drop: (place, version) => runner.drop(place, place.name, version),
  };
  preparations.resume();
  preparations.sweep();
  preparations.warmLatest();
  queue.resume();
  return {
    service: { name: "lambda", operations, state },
    invoker: {
      invoke({ functionArn, payload, principal, traceId }) {
        const reference = parseFunctionName(functionArn, placeOf(functionArn));
        return invocations.invoke(reference, {
          requestId: uuid(random),
          payload: checkPayload(payload, "RequestResponse"),
          principal,
          traceId,
        });
      },
    },
    async reset() {
      queue.clear();
      await runner.clear();
    },
    async close() {
      queue.close();
      await preparations.close();
      await runner.close();
    },
  };
}

function machineFacts(dir: string, probeId: string, nowMs: () => number) {
  const { platform, arch: architecture, execPath } = process;
  return { platform, architecture, execPath, uid: process.getuid?.(), dir, probeId, nowMs };
}

/** An ARN says itself where it belongs. */
function placeOf(arn: string): { readonly account: string; readonly region: string } {
  const [, , , region = "", account = ""] = arn.split(":");
  return { account, region };
}
