// The rules that a method's settings must keep, whether it is put, patched or imported.

import type { Method } from "@aws-sdk/client-api-gateway";
import type { ApiDefinition } from "../../documents.js";
import { badRequest } from "../../errors.js";
import { entryOf } from "../../state.js";

const httpMethods = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"];
const needsAuthorizer = ["CUSTOM", "COGNITO_USER_POOLS"];
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
export function checkMethod({ models, validators }: ApiDefinition, method: Method): Method {
  if (needsAuthorizer.includes(method.authorizationType ?? "")) {
    // Authorizers cannot be created here, so none can be valid: such a method must not come to be open to all.
    throw badRequest(
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    );
  }
  if (method.authorizationType !== "NONE" && method.authorizationType !== "AWS_IAM") {
    throw badRequest("Invalid authorization type specified. Valid options are NONE,AWS_IAM,CUSTOM,COGNITO_USER_POOLS");
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
    if (name === undefined) {
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${parameter}]`,
      );
    }
    if (names.has(name)) throw badRequest("Parameter names must be unique across querystring, header and path");
    names.add(name);
  }
}

/** A map as AWS answers it: an empty one is left out. */
export function omitIfEmpty<T>(entries: Record<string, T> | undefined): Record<string, T> | undefined {
  return entries && Object.keys(entries).length > 0 ? entries : undefined;
}
