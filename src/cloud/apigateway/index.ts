// API Gateway's REST APIs: the control plane that edits them and the data plane that serves their deployments.

import { randomString } from "../random.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { AccountRegion, Invoker, LogSink } from "../service-interfaces.js";
import type { Store } from "../store/store.js";
import type { Fetch } from "./integrations/http.js";
import { operations } from "./operations.js";
import { DataPlane, type StageSource } from "./rest/data-plane.js";
import type { ApiGatewayState } from "./state.js";
import { WorkerPool } from "./worker/pool.js";

export { isInvokeHost } from "./rest/address.js";

interface ApiGatewayDependencies {
  readonly invoker: Invoker;
  readonly logs: LogSink;
  /** For integrations with web servers; the default is the global one. */
  readonly fetch?: Fetch;
  /** How long validation or a mapping of one request may take on a worker thread. */
  readonly taskMsMax?: number;
}

const idAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** API Gateway, its APIs none or as they were when the store was last open. */
export function createApiGateway(
  { store, clock, random }: ServiceContext,
  { invoker, logs, fetch = globalThis.fetch, taskMsMax }: ApiGatewayDependencies,
): RunningService<"apigateway", ApiGatewayState> {
  const collections = collectionsOf(store);
  const workers = new WorkerPool({ taskMsMax });
  const dataPlane = new DataPlane({
    source: stageSource(collections),
    backends: { invoker, fetch, workers, elapsedMs: clock.elapsedMs },
    logs,
    clock,
    random,
  });
  const state: ApiGatewayState = {
    ...collections,
    clock,
    store,
    newId: (length) => randomString(random, idAlphabet, length),
    stagesChanged: (apiId) => dataPlane.forget(apiId),
    testInvoke: (api, resourceId, input, accountRegion) => dataPlane.testInvoke(api, resourceId, input, accountRegion),
  };
  return {
    service: { name: "apigateway", operations, state },
    route: (request) => dataPlane.route(request),
    async reset() {
      dataPlane.forgetAll();
    },
    close: () => workers.close(),
  };
}

function collectionsOf(store: Store): Pick<ApiGatewayState, "apis" | "deployments" | "stages" | "places" | "accounts"> {
  return {
    apis: store.collection("apigateway-apis"),
    deployments: store.collection("apigateway-deployments"),
    stages: store.collection("apigateway-stages"),
    places: store.collection<AccountRegion>("apigateway-places"),
    accounts: store.collection("apigateway-accounts"),
  };
}

function stageSource({ apis, deployments, stages, places }: ReturnType<typeof collectionsOf>): StageSource {
  return {
    find(apiId, stageName) {
      const accountRegion = places.get([apiId]);
      if (!accountRegion) return undefined;
      const key = [accountRegion.account, accountRegion.region, apiId];
      const api = apis.get(key);
      const stage = stages.get([...key, stageName]);
      const deployment = stage && deployments.get([...key, stage.deploymentId]);
      return api && stage && deployment ? { accountRegion, api, stage, deployment } : undefined;
    },
  };
}
