// One operation of a document becomes one method.

import type { Method, MethodResponse } from "@aws-sdk/client-api-gateway";
import { omitIfEmpty } from "../operations/method/method.js";
import type { Content, Document } from "./document.js";
import { parameterOf } from "./document.js";
import { type Fields, field, fieldsOf, listField, stringField } from "./fields.js";
import type { ImportedModels } from "./import-models.js";

const statusPattern = /^[1-5]\d\d$/;

export interface OperationSource {
  readonly document: Document;
  readonly models: ImportedModels;
  /** Ids of request validators by their names in the document. */
  readonly validators: ReadonlyMap<string, string>;
  /** Parameters of all operations on the path. */
  readonly pathParameters: readonly unknown[];
}

/** The method without its integration. What cannot be kept is told in `warnings`. */
export function methodOf(httpMethod: string, operation: Fields, source: OperationSource, warnings: string[]): Method {
  const { document, models, validators } = source;
  const parameters = mergeParameters(source, operation);
  const requestParameters: Record<string, boolean> = {};
  for (const fields of parameters) {
    const parameter = parameterOf(fields);
    if (parameter) requestParameters[`method.request.${parameter.location}.${parameter.name}`] = parameter.required;
    else if (stringField(fields, "in") !== "body") {
      warnings.push(
        `Unsupported parameter location '${stringField(fields, "in")}' of '${stringField(fields, "name")}' is ignored`,
      );
    }
  }
  const validator =
    stringField(operation, "x-amazon-apigateway-request-validator") ??
    stringField(document.root, "x-amazon-apigateway-request-validator");
  if (validator !== undefined && !validators.has(validator)) {
    warnings.push(`Invalid request validator '${validator}' is ignored`);
  }
  return {
    httpMethod,
    ...securityOf(document, operation),
    operationName: stringField(operation, "operationId"),
    requestValidatorId: validators.get(validator ?? ""),
    requestParameters: omitIfEmpty(requestParameters),
    requestModels: omitIfEmpty(modelNames(document.requestContent(operation, parameters), models)),
    methodResponses: omitIfEmpty(methodResponsesOf(document, operation, models)),
  };
}

/** The operation's own parameters, and the path's where it has none of that name and place. */
function mergeParameters({ document, pathParameters }: OperationSource, operation: Fields): Fields[] {
  const merged = new Map<string, Fields>();
  for (const parameter of [...pathParameters, ...listField(operation, "parameters")]) {
    const fields = document.resolve(parameter);
    merged.set(`${stringField(fields, "in")}.${stringField(fields, "name")}`, fields);
  }
  return [...merged.values()];
}

function modelNames(content: Content, models: ImportedModels): Record<string, string> {
  const names = content.map(([contentType, schema]) => [contentType, models.nameOf(schema)] as const);
  return Object.fromEntries(names.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function methodResponsesOf(
  document: Document,
  operation: Fields,
  models: ImportedModels,
): Record<string, MethodResponse> {
  const responses = Object.entries(fieldsOf(field(operation, "responses"))).filter(([status]) =>
    statusPattern.test(status),
  );
  return Object.fromEntries(
    responses.map(([statusCode, value]) => {
      const response = document.resolve(value);
      const headers = Object.keys(fieldsOf(field(response, "headers")));
      return [
        statusCode,
        {
          statusCode,
          responseParameters: omitIfEmpty(
            Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, false])),
          ),
          responseModels: omitIfEmpty(modelNames(document.responseContent(operation, response), models)),
        },
      ];
    }),
  );
}

/** How the method is guarded. An authorizer becomes CUSTOM, which the checks after this refuse: none can be made here. */
function securityOf(document: Document, operation: Fields): Pick<Method, "authorizationType" | "apiKeyRequired"> {
  const own = fieldsOf(field(operation, "x-amazon-apigateway-auth"));
  let authorizationType = stringField(own, "type")?.toUpperCase() ?? "NONE";
  let apiKeyRequired = false;
  const requirements = field(operation, "security") ?? field(document.root, "security");
  for (const requirement of Array.isArray(requirements) ? requirements : []) {
    for (const name of Object.keys(fieldsOf(requirement))) {
      const scheme = document.resolve(field(document.securitySchemes, name));
      if (field(scheme, "x-amazon-apigateway-authorizer") !== undefined) authorizationType = "CUSTOM";
      else if (stringField(scheme, "x-amazon-apigateway-authtype") === "awsSigv4") authorizationType = "AWS_IAM";
      else if (stringField(scheme, "type") === "apiKey") apiKeyRequired = true;
    }
  }
  return { authorizationType, apiKeyRequired };
}
