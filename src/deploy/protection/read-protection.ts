import {
  type Authorizer,
  GetAuthorizersCommand,
  type GetAuthorizersCommandOutput,
  GetDeploymentCommand,
  GetRestApiCommand,
  type Method,
  type MethodSnapshot,
  paginateGetResources,
  type Resource,
} from "@aws-sdk/client-api-gateway";
import type { Aws } from "../aws.js";
import { DeployError } from "../errors.js";
import {
  type ApiProtection,
  fingerprintOf,
  isProtected,
  isSameProtection,
  type MethodProtection,
  parsePolicy,
  protectionKey,
} from "./protection.js";

/** The API deployment that a stage serves. */
export interface ServedDeployment {
  readonly id: string;
  /** From the deployment's description; undefined for a deployment that was not made by Tepal. */
  readonly route?: string;
  /** The fingerprint of the protection that it was made with, from its description. */
  readonly fingerprint?: string;
}

/**
 * What protects the API: as its resources are edited now, and as the stage serves it. Where the two differ the stronger
 * counts: an import that was interrupted has reset the resources, and a deployment must not publish that.
 * @throws DeployError "api-protection-unknown" when the stage serves a protection that the resources no longer have
 */
export async function readProtection(
  aws: Aws,
  restApiId: string,
  route: string,
  served: ServedDeployment | undefined,
): Promise<ApiProtection> {
  const [api, resources, snapshot] = await Promise.all([
    aws.apigateway.send(new GetRestApiCommand({ restApiId })),
    resourcesOf(aws, restApiId),
    served ? snapshotOf(aws, restApiId, served, route) : noMethods,
  ]);
  const edited = methodsOf(resources, callableResource(resources, [route, served?.route])?.path ?? route);
  const needsAuthorizers = Object.values(edited).some(({ authorizerId }) => authorizerId);
  const authorizers = needsAuthorizers ? await authorizersOf(aws, restApiId) : [];
  const methods: [string, MethodProtection][] = [];
  for (const name of new Set([...Object.keys(edited), ...Object.keys(snapshot)])) {
    const method = stronger(protectionOf(edited[name], authorizers), snapshot[name]);
    if (!method) throw unknownProtection(restApiId, name, snapshot[name]?.authorizationType ?? "");
    if (isProtected(method)) methods.push([name, method]);
  }
  const post = methods.find(([name]) => name === "POST")?.[1];
  const own = methods.filter(([name, method]) => !name.includes(" ") || !post || !isSameProtection(method, post));
  const policy = parsePolicy(api.policy);
  const found: ApiProtection = {
    methods: Object.fromEntries(own),
    ...(policy === undefined ? {} : { policy }),
    ...(api.apiKeySource === "AUTHORIZER" ? { apiKeySource: api.apiKeySource } : {}),
    isDefaultEndpointDisabled: api.disableExecuteApiEndpoint ?? false,
  };
  if (served?.fingerprint !== undefined && fingerprintOf(found) === undefined) {
    throw unknownProtection(restApiId, "POST", "a protection");
  }
  return found;
}

const noMethods: Readonly<Record<string, MethodSnapshot>> = {};

export async function resourcesOf(aws: Aws, restApiId: string): Promise<Resource[]> {
  const found: Resource[] = [];
  const input = { restApiId, embed: ["methods"], limit: 500 };
  for await (const { items = [] } of paginateGetResources({ client: aws.apigateway }, input)) found.push(...items);
  return found;
}

export async function authorizersOf(aws: Aws, restApiId: string): Promise<Authorizer[]> {
  const found: Authorizer[] = [];
  let position: string | undefined;
  do {
    const page: GetAuthorizersCommandOutput = await aws.apigateway.send(
      new GetAuthorizersCommand({ restApiId, position, limit: 500 }),
    );
    found.push(...(page.items ?? []));
    position = page.position;
  } while (position !== undefined);
  return found;
}

/** The methods of all paths, by the keys of ApiProtection. */
function methodsOf(resources: readonly Resource[], route: string): Readonly<Record<string, Method>> {
  return Object.fromEntries(
    resources.flatMap(({ path = "", resourceMethods = {} }) =>
      Object.entries(resourceMethods).map(([name, method]) => [protectionKey(route, path, name), method]),
    ),
  );
}

/** The resource that callers POST to: at one of the routes, else any. */
function callableResource(resources: readonly Resource[], routes: readonly (string | undefined)[]) {
  const callable = resources.filter(({ resourceMethods }) => resourceMethods?.POST);
  for (const route of routes) {
    const found = callable.find(({ path }) => path === route);
    if (found) return found;
  }
  return callable[0];
}

/** What the deployment records of each method. It records neither authorizers nor the resource policy. */
async function snapshotOf(
  { apigateway }: Aws,
  restApiId: string,
  { id, route }: ServedDeployment,
  desiredRoute: string,
): Promise<Readonly<Record<string, MethodSnapshot>>> {
  const { apiSummary = {} } = await apigateway.send(
    new GetDeploymentCommand({ restApiId, deploymentId: id, embed: ["apisummary"] }),
  );
  const callable = Object.keys(apiSummary).find((path) => apiSummary[path]?.POST);
  const path = [desiredRoute, route].find((one) => one !== undefined && apiSummary[one]) ?? callable;
  if (path === undefined) return noMethods;
  const methods = Object.entries(apiSummary).flatMap(([each, snapshots]) =>
    Object.entries(snapshots).map(([name, snapshot]) => [protectionKey(path, each, name), snapshot]),
  );
  return Object.fromEntries(methods);
}

function protectionOf(method: Method | undefined, authorizers: readonly Authorizer[]): MethodProtection {
  const authorizer = authorizers.find(({ id }) => id !== undefined && id === method?.authorizerId);
  return {
    authorizationType: method?.authorizationType ?? "NONE",
    ...(authorizer ? { authorizer } : {}),
    ...(method?.authorizationScopes?.length ? { authorizationScopes: method.authorizationScopes } : {}),
    apiKeyRequired: method?.apiKeyRequired ?? false,
  };
}

/** undefined: the deployment has an authorizer, and does not record which. */
function stronger(edited: MethodProtection, snapshot: MethodSnapshot | undefined): MethodProtection | undefined {
  const apiKeyRequired = edited.apiKeyRequired || (snapshot?.apiKeyRequired ?? false);
  const served = snapshot?.authorizationType ?? "NONE";
  if (edited.authorizationType !== "NONE" || served === "NONE") return { ...edited, apiKeyRequired };
  return served === "AWS_IAM" ? { authorizationType: served, apiKeyRequired } : undefined;
}

function unknownProtection(restApiId: string, method: string, served: string): DeployError {
  return new DeployError(
    "api-protection-unknown",
    `The stage serves ${method} of the API ${restApiId} with ${served} authorization, which the API's resources no longer have`,
  );
}
