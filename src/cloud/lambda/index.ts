// Lambda: functions from container images, their versions, aliases and policies, and the environments they run in.

import { join } from "node:path";
import { uuid } from "../random.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { ImageSource, Invoker as LambdaInvoker, LogSink, Roles, Sessions } from "../service-interfaces.js";
import { CodePreparer } from "./code/code-preparer.js";
import { ImagePreparer } from "./code/image-preparer.js";
import { RootTrees } from "./code/root-trees.js";
import { lambdaCollections } from "./function/collections.js";
import { parseFunctionName } from "./function/function-name.js";
import { AsyncInvokeQueue } from "./invocation/async-invoke-queue.js";
import { EnvironmentManager, sandboxId } from "./invocation/environment-manager.js";
import { Invoker } from "./invocation/invoker.js";
import { checkPayload } from "./invocation/payload.js";
import { VersionActivator } from "./invocation/version-activator.js";
import { operations } from "./operations.js";
import { chooseSandbox, machineFacts } from "./sandbox/choose-sandbox.js";
import type { Sandbox } from "./sandbox/sandbox.js";
import type { LambdaState } from "./state.js";

/** The services that Lambda calls. */
interface LambdaDependencies {
  readonly images: ImageSource;
  readonly roles: Roles;
  readonly sessions: Sessions;
  readonly logs: LogSink;
  /** How functions are isolated; by default the best sandbox of this machine. */
  readonly sandbox?: Sandbox;
}

/** Creates Lambda with the functions of the store, ready to be invoked. */
export function createLambda(
  { store, clock, log, random, dataDir, publicHost, runtimePath }: ServiceContext,
  { images, roles, sessions, logs, sandbox }: LambdaDependencies,
): RunningService<"lambda", LambdaState> & { readonly invoker: LambdaInvoker } {
  const dir = join(dataDir, "lambda");
  const codes = new CodePreparer(new ImagePreparer(images, new RootTrees(join(dir, "images"))));
  const collections = lambdaCollections(store, () => invoker.forget());
  const endpointUrl = () => `http://${publicHost()}`;
  const chosen = sandbox
    ? Promise.resolve(sandbox)
    : chooseSandbox({
        ...machineFacts(),
        dir: join(dir, "sandbox"),
        runtimePath,
        probeId: sandboxId(random),
        nowMs: clock.elapsedMs,
        log,
      });
  chosen.then(
    ({ name }) => log.info(`Functions run in ${name}`),
    (error: unknown) => log.warn(`No function can run: ${String(error)}`),
  );
  const environments = new EnvironmentManager({
    sandbox: chosen,
    clock,
    log,
    random,
    logs,
    sessions,
    endpointUrl,
    onInit: (version, accountRegion, succeeded) => activator.noteInit(version, accountRegion, succeeded),
    onDrained: () => activator.sweep(),
  });
  const activator = new VersionActivator({ ...collections, store, codes, environments, log });
  const invoker = new Invoker({ ...collections, environments, codes, random });
  const asyncInvokes = new AsyncInvokeQueue({ ...collections, invoker, clock, log });
  const state: LambdaState = {
    ...collections,
    store,
    clock,
    images,
    roles,
    newId: () => uuid(random),
    activator,
    invoker,
    asyncInvokes,
    warm: (version, accountRegion) => activator.warm(version, accountRegion),
    drop: (accountRegion, version) => environments.drop(accountRegion, accountRegion.name, version),
  };
  activator.resume();
  activator.sweep();
  activator.warmLatest();
  asyncInvokes.resume();
  return {
    service: { name: "lambda", operations, state },
    invoker: {
      invoke({ functionArn, payload, principal, traceId }) {
        const reference = parseFunctionName(functionArn, accountRegionOf(functionArn));
        return invoker.invoke(reference, {
          requestId: uuid(random),
          payload: checkPayload(payload, "RequestResponse"),
          principal,
          traceId,
        });
      },
    },
    async reset() {
      asyncInvokes.clear();
      await environments.clear();
    },
    async close() {
      asyncInvokes.close();
      await activator.close();
      await environments.close();
    },
  };
}

/** The account and region of a function's ARN. */
function accountRegionOf(arn: string): { readonly account: string; readonly region: string } {
  const [, , , region = "", account = ""] = arn.split(":");
  return { account, region };
}
