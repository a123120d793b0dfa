// API Gateway's REST APIs: the control plane that edits them and the data plane that serves their deployments.

import { randomText } from "../ids.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { Invoker, LogSink, Place } from "../service-interfaces.js";
import type { Store } from "../store/store.js";
import type { Fetch } from "./integrations/http.js";
import { operations } from "./operations.js";
import { DataPlane, type StageSource } from "./rest/data-plane.js";
import type { ApiGatewayState } from "./state.js";
import { WorkerPool } from "./worker/pool.js";

export { isInvokeHost } from "./rest/address.js";

export interface ApiGatewayDependencies {
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
    newId: (length) => randomText(random, idAlphabet, length),
    stagesChanged: (apiId) => dataPlane.forget(apiId),
    testInvoke: (api, resourceId, input, place) => dataPlane.testInvoke(api, resourceId, input, place),
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
    places: store.collection<Place>("apigateway-places"),
    accounts: store.collection("apigateway-accounts"),
  };
}

function stageSource({ apis, deployments, stages, places }: ReturnType<typeof collectionsOf>): StageSource {
  return {
    find(apiId, stageName) {
      const place = places.get([apiId]);
      if (!place) return undefined;
      const key = [place.account, place.region, apiId];
      const api = apis.get(key);
      const stage = stages.get([...key, stageName]);
      const deployment = stage && deployments.get([...key, stage.deploymentId]);
      return api && stage && deployment ? { place, api, stage, deployment } : undefined;
    },
  };
}
