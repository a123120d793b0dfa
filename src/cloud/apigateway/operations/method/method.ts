// Access to stored methods, and the rules for their settings, whether they are put, patched or imported.

import type { Call } from "../../../protocol/operation.js";
import type { AccountRegion } from "../../../service-interfaces.js";
import type { ApiDefinition, ApiDocument, MethodDocument, ResourceDocument } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { type ApiGatewayState, entryOf, saveApi, withEntry } from "../../state.js";
import { type ResourceName, requireResource, withResource } from "../resource/resource.js";

export interface MethodName extends ResourceName {
  readonly httpMethod: string;
}

/** @throws AwsError NotFoundException */
export function requireMethod(state: ApiGatewayState, call: AccountRegion, name: MethodName) {
  const found = requireResource(state, call, name);
  const method = entryOf(found.resource.methods, name.httpMethod);
  if (!method) throw notFound("Invalid Method identifier specified");
  return { ...found, method };
}

/** Stores the method, or removes it when `method` is undefined. */
export function saveMethod(
  state: ApiGatewayState,
  call: Call,
  { api, resource }: { readonly api: ApiDocument; readonly resource: ResourceDocument },
  httpMethod: string,
  method: MethodDocument | undefined,
): void {
  saveApi(state, call, withResource(api, { ...resource, methods: withEntry(resource.methods, httpMethod, method) }));
}

const httpMethods = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"];
const needsAuthorizer = ["CUSTOM", "COGNITO_USER_POOLS"];
const needsNoAuthorizer = ["NONE", "AWS_IAM"];
const parameterPattern =
  /^method\.request\.(?:querystring|path|header|multivaluequerystring|multivalueheader)\.([a-zA-Z0-9._$\-[\]]+)$/;

/** @throws AwsError BadRequestException */
export function checkHttpMethod(httpMethod: string | undefined): string {
  if (httpMethod === undefined || !httpMethods.includes(httpMethod)) {
    throw badRequest(`Invalid HttpMethod specified. Valid options are ${httpMethods.join(",")}`);
  }
  return httpMethod;
}

/** @throws AwsError BadRequestException */
export function checkMethod<T extends MethodDocument>({ models, validators }: ApiDefinition, method: T): T {
  if (needsAuthorizer.includes(method.authorizationType ?? "")) {
    // Authorizers are not implemented, so no authorizer is valid. Accepting the method would open it to every caller.
    throw badRequest(
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    );
  }
  if (!needsNoAuthorizer.includes(method.authorizationType ?? "")) {
    const options = [...needsNoAuthorizer, ...needsAuthorizer].join(",");
    throw badRequest(`Invalid authorization type specified. Valid options are ${options}`);
  }
  if (method.requestValidatorId && !entryOf(validators, method.requestValidatorId)) {
    throw badRequest("Invalid Request Validator identifier specified");
  }
  for (const model of Object.values(method.requestModels ?? {})) checkModel(models, model);
  checkParameters(Object.keys(method.requestParameters ?? {}));
  return method;
}

/** @throws AwsError BadRequestException */
export function checkModel(models: ApiDefinition["models"], name: string): string {
  if (!entryOf(models, name)) throw badRequest(`Invalid model identifier specified: ${name}`);
  return name;
}

function checkParameters(parameters: readonly string[]): void {
  const names = new Set<string>();
  for (const parameter of parameters) {
    const name = parameterPattern.exec(parameter)?.[1];
    if (name === undefined) throw invalidMapping(`Invalid mapping expression specified: ${parameter}`);
    if (names.has(name)) throw badRequest("Parameter names must be unique across querystring, header and path");
    names.add(name);
  }
}

/** AWS's error for a parameter or mapping with an invalid name. */
export const invalidMapping = (error: string) =>
  badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`);
