// Creates the services of the cloud and passes each the interfaces of the others that it needs.

import { createApiGateway, isInvokeHost } from "./apigateway/index.js";
import { createEcr } from "./ecr/index.js";
import { createIam } from "./iam/index.js";
import { createLambda } from "./lambda/index.js";
import { createLogs } from "./logs/index.js";
import { type BoundService, bindService } from "./protocol/dispatch.js";
import type { ApiName } from "./protocol/operation.js";
import type { Route, RunningService, ServiceContext, StreamRoute } from "./service.js";
import { createSts } from "./sts/index.js";

/** Everything that runs in a cloud. */
interface RunningServices {
  readonly byName: ReadonlyMap<ApiName, BoundService>;
  readonly routes: readonly Route[];
  readonly streamRoutes: readonly StreamRoute[];
  /** The account of temporary credentials; undefined for every other access key. */
  readonly accountOf: (accessKeyId: string) => string | undefined;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export function startServices(context: ServiceContext): RunningServices {
  const iam = createIam(context);
  const sts = createSts(context, iam);
  const logs = createLogs(context);
  const ecr = createEcr(context);
  const lambda = createLambda(context, {
    images: ecr.images,
    roles: iam.roles,
    sessions: sts.sessions,
    logs: logs.logs,
  });
  const apigateway = createApiGateway(context, { invoker: lambda.invoker, logs: logs.logs });
  const all = [
    withoutTypes(iam),
    withoutTypes(sts),
    withoutTypes(logs),
    withoutTypes(ecr),
    withoutTypes(lambda),
    withoutTypes(apigateway),
  ];
  return {
    byName: new Map(all.map(({ bound }) => [bound.name, bound])),
    routes: all.flatMap(({ route }) => route ?? []),
    streamRoutes: all.flatMap(({ streamRoute }) => (streamRoute ? exceptOnInvokeHosts(streamRoute) : [])),
    accountOf: sts.accountOf,
    async reset() {
      for (const service of all) await service.reset?.();
    },
    async close() {
      for (const service of [...all].reverse()) await service.close?.();
    },
  };
}

/** On the host of an API, `/v2/` is a stage and not the registry. */
function exceptOnInvokeHosts(route: StreamRoute): StreamRoute {
  return (request) => (isInvokeHost(request.headers.host) ? undefined : route(request));
}

/** A running service without its types, so that all services fit in one list. */
function withoutTypes<S extends ApiName, State>(running: RunningService<S, State>) {
  return {
    bound: bindService(running.service),
    route: running.route,
    streamRoute: running.streamRoute,
    reset: running.reset?.bind(running),
    close: running.close?.bind(running),
  };
}
