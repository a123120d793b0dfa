// Lambda: functions from container images, their versions, aliases and policies, and the environments they run in.

import { join } from "node:path";
import { uuid } from "../ids.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { ImageSource, Invoker, LogSink, Roles, Sessions } from "../service-interfaces.js";
import { lambdaCollections } from "./function/collections.js";
import { parseFunctionName } from "./function/function-name.js";
import { Events } from "./invocation/async-invoke-queue.js";
import { Runner, sandboxId } from "./invocation/environment-manager.js";
import { Preparations } from "./invocation/image-preparer.js";
import { Invocations } from "./invocation/invoker.js";
import { checkPayload } from "./invocation/payload.js";
import { operations } from "./operations.js";
import { chooseSandbox } from "./sandbox/choose-sandbox.js";
import { RootTrees } from "./sandbox/root-tree.js";
import type { Sandbox } from "./sandbox/sandbox.js";
import type { LambdaState } from "./state.js";

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
