// Keeps an API's protection through an import: as a part of the imported document, and checked after it.

import {
  type Authorizer,
  GetRestApiCommand,
  type Method,
  type PatchOperation,
  UpdateMethodCommand,
  UpdateRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { infoPaths } from "../../contract/index.js";
import type { GatewayDocument, GatewayOperation } from "../api/document.js";
import { infoTemplate, securityOf } from "../api/info-routes.js";
import type { Aws } from "../aws.js";
import { DeployError } from "../errors.js";
import { retryTransient } from "../retry.js";
import type { Spec } from "../spec.js";
import {
  type ApiProtection,
  isProtected,
  isSamePolicy,
  type MethodProtection,
  methodProtection,
  parsePolicy,
} from "./protection.js";
import { authorizersOf, resourcesOf } from "./read-protection.js";

const sigv4 = {
  type: "apiKey",
  name: "Authorization",
  in: "header",
  "x-amazon-apigateway-authtype": "awsSigv4",
} as const;
const apiKey = { type: "apiKey", name: "x-api-key", in: "header" } as const;

/** The document with the protection: API Gateway then imports both in one step. */
export function protectedDocument(
  document: GatewayDocument,
  protection: ApiProtection,
  spec: Pick<Spec, "name" | "route">,
): GatewayDocument {
  const schemes: Record<string, object> = {};
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => {
        const method = methodProtection(protection, spec.route, path, name.toUpperCase());
        if (!method) return [name, operation];
        const described = withSecurity(operation, path, spec, protection.methods.POST);
        return [name, protectedOperation(described, method, schemes)];
      }),
    ),
  ]);
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: { ...document.components, ...(Object.keys(schemes).length > 0 ? { securitySchemes: schemes } : {}) },
    ...(protection.policy === undefined ? {} : { "x-amazon-apigateway-policy": JSON.parse(protection.policy) }),
    ...(protection.apiKeySource ? { "x-amazon-apigateway-api-key-source": protection.apiKeySource } : {}),
  };
}

/** The event of a path that describes the API, with what its callers need. */
function withSecurity(
  operation: GatewayOperation,
  path: string,
  spec: Pick<Spec, "name" | "route">,
  protection: MethodProtection | undefined,
): GatewayOperation {
  const integration = operation["x-amazon-apigateway-integration"];
  if (path !== infoPaths.document || integration.type !== "aws") return operation;
  const requestTemplates = { "application/json": infoTemplate(path, spec, securityOf(protection)) };
  return { ...operation, "x-amazon-apigateway-integration": { ...integration, requestTemplates } };
}

function protectedOperation(
  operation: GatewayOperation,
  { authorizationType, authorizer, authorizationScopes = [], apiKeyRequired }: MethodProtection,
  schemes: Record<string, object>,
): GatewayOperation {
  const requirement: Record<string, readonly string[]> = {};
  if (authorizationType === "AWS_IAM") {
    schemes.sigv4 = sigv4;
    requirement.sigv4 = [];
  } else if (authorizer?.name !== undefined) {
    schemes[authorizer.name] = authorizerScheme(authorizer);
    requirement[authorizer.name] = authorizationScopes;
  }
  if (apiKeyRequired) {
    schemes.api_key = apiKey;
    requirement.api_key = [];
  }
  return { ...operation, security: [requirement] };
}

const headerSource = /^method\.request\.header\.([^,\s]+)$/;

function authorizerScheme(authorizer: Authorizer): object {
  const { id: _id, name: _name, authType, type, ...settings } = authorizer;
  const isCognito = type === "COGNITO_USER_POOLS";
  return {
    type: "apiKey",
    // The header with the token. An authorizer of several sources has no single one: "Unused" is AWS's own value for
    // it.
    name: headerSource.exec(authorizer.identitySource ?? "")?.[1] ?? "Unused",
    in: "header",
    "x-amazon-apigateway-authtype": authType ?? (isCognito ? "cognito_user_pools" : "custom"),
    "x-amazon-apigateway-authorizer": { type: type?.toLowerCase(), ...settings },
  };
}

/**
 * Compares the imported API with the protection that it must have, and sets what is missing. Nothing is published
 * before: stages serve deployments, not the API as it is edited.
 * @throws DeployError "api-protection-lost"
 */
export async function ensureProtection(
  aws: Aws,
  restApiId: string,
  route: string,
  protection: ApiProtection,
): Promise<void> {
  await ensureApiProtection(aws, restApiId, protection);
  const kept = Object.values(protection.methods).filter(isProtected);
  if (kept.length === 0) return;
  // A method that the new document does not have needs no protection.
  const methods = (await resourcesOf(aws, restApiId)).flatMap(({ id, path = "", resourceMethods = {} }) =>
    Object.entries(resourceMethods).map(([httpMethod, found]) => ({ id, path, httpMethod, found })),
  );
  const authorizers = kept.some(({ authorizer }) => authorizer) ? await authorizersOf(aws, restApiId) : [];
  for (const { id: resourceId, path, httpMethod, found } of methods) {
    const desired = methodProtection(protection, route, path, httpMethod);
    if (!desired || !resourceId) continue;
    // The import gives authorizers new ids.
    const authorizerId = authorizers.find(({ name }) => name === desired.authorizer?.name)?.id;
    if (matches(found, desired, authorizerId)) continue;
    const target = { restApiId, resourceId, httpMethod };
    const patchOperations = methodPatch(desired, authorizerId);
    const updated = await retryTransient(aws, () =>
      aws.apigateway.send(new UpdateMethodCommand({ ...target, patchOperations })),
    );
    if (!matches(updated, desired, authorizerId)) throw lost(restApiId, `${httpMethod} ${path}`);
  }
}

async function ensureApiProtection(aws: Aws, restApiId: string, protection: ApiProtection): Promise<void> {
  const found = await aws.apigateway.send(new GetRestApiCommand({ restApiId }));
  const patchOperations: PatchOperation[] = [];
  if (!isSamePolicy(parsePolicy(found.policy), protection.policy)) {
    patchOperations.push({ op: "replace", path: "/policy", value: protection.policy ?? "" });
  }
  if ((found.disableExecuteApiEndpoint ?? false) !== protection.isDefaultEndpointDisabled) {
    const value = String(protection.isDefaultEndpointDisabled);
    patchOperations.push({ op: "replace", path: "/disableExecuteApiEndpoint", value });
  }
  if (patchOperations.length === 0) return;
  const updated = await retryTransient(aws, () =>
    aws.apigateway.send(new UpdateRestApiCommand({ restApiId, patchOperations })),
  );
  const isPolicyLost = protection.policy !== undefined && !updated.policy;
  if (isPolicyLost || (protection.isDefaultEndpointDisabled && !updated.disableExecuteApiEndpoint)) {
    throw lost(restApiId, "the API");
  }
}

function matches(found: Method, desired: MethodProtection, authorizerId: string | undefined): boolean {
  const scopes = desired.authorizationScopes ?? [];
  return (
    found.authorizationType === desired.authorizationType &&
    (found.apiKeyRequired ?? false) === desired.apiKeyRequired &&
    (desired.authorizer === undefined || (authorizerId !== undefined && found.authorizerId === authorizerId)) &&
    scopes.every((scope) => found.authorizationScopes?.includes(scope))
  );
}

function methodPatch(desired: MethodProtection, authorizerId: string | undefined): PatchOperation[] {
  return [
    { op: "replace", path: "/authorizationType", value: desired.authorizationType },
    ...(authorizerId === undefined ? [] : [{ op: "replace" as const, path: "/authorizerId", value: authorizerId }]),
    { op: "replace", path: "/apiKeyRequired", value: String(desired.apiKeyRequired) },
    ...(desired.authorizationScopes ?? []).map((value) => ({
      op: "add" as const,
      path: "/authorizationScopes",
      value,
    })),
  ];
}

function lost(restApiId: string, what: string): DeployError {
  return new DeployError(
    "api-protection-lost",
    `The protection of ${what} (REST API ${restApiId}) could not be kept through the import. Nothing was published`,
  );
}
