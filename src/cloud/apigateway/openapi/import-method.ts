// An operation of a document becomes a method.

import type { Method, MethodResponse } from "@aws-sdk/client-api-gateway";
import type { MethodDocument } from "../documents.js";
import { omitIfEmpty } from "../state.js";
import { type Content, type Document, parameterOf } from "./document.js";
import { type Fields, field, fieldsOf, listField, stringField } from "./fields.js";
import type { ImportedModels } from "./import-models.js";
import type { WorkBudget } from "./work-budget.js";

const statusPattern = /^[1-5]\d\d$/;

interface OperationSource {
  readonly document: Document;
  readonly models: ImportedModels;
  /** Ids of request validators by their names in the document. */
  readonly validatorIds: ReadonlyMap<string, string>;
  /** Parameters of all operations on the path. */
  readonly pathParameters: readonly unknown[];
  /** Already charged for the operation, but not for what it shares with others. */
  readonly budget: WorkBudget;
}

/**
 * The method without its integration. `warnings` gets a message for everything in the operation that has no equivalent.
 * @throws AwsError BadRequestException when the import as a whole costs too much
 */
export function methodOf(
  httpMethod: string,
  operation: Fields,
  source: OperationSource,
  warnings: string[],
): MethodDocument {
  const { document, validatorIds, budget } = source;
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
  budget.spend(validator);
  if (validator !== undefined && !validatorIds.has(validator)) {
    warnings.push(`Invalid request validator '${validator}' is ignored`);
  }
  return {
    httpMethod,
    ...securityOf(source, operation),
    operationName: stringField(operation, "operationId"),
    requestValidatorId: validatorIds.get(validator ?? ""),
    requestParameters: omitIfEmpty(requestParameters),
    requestModels: omitIfEmpty(modelNames(document.requestContent(operation, parameters), source)),
    methodResponses: omitIfEmpty(methodResponsesOf(operation, source)),
  };
}

/** The operation's parameters, and those of the path that it does not redefine. */
function mergeParameters({ document, pathParameters, budget }: OperationSource, operation: Fields): Fields[] {
  const merged = new Map<string, Fields>();
  for (const parameter of [...pathParameters, ...listField(operation, "parameters")]) {
    const fields = document.resolve(parameter);
    budget.spend(fields);
    merged.set(`${stringField(fields, "in")}.${stringField(fields, "name")}`, fields);
  }
  return [...merged.values()];
}

/** The names of the models by content type. */
function modelNames(content: Content, { models, budget }: OperationSource): Record<string, string> {
  budget.spend(content.map(([contentType]) => contentType));
  const names = content.map(([contentType, schema]) => [contentType, models.nameOf(schema)] as const);
  return Object.fromEntries(names.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function methodResponsesOf(operation: Fields, source: OperationSource): Record<string, MethodResponse> {
  const { document, budget } = source;
  const responses = Object.entries(fieldsOf(field(operation, "responses"))).filter(([status]) =>
    statusPattern.test(status),
  );
  return Object.fromEntries(
    responses.map(([statusCode, value]) => {
      const response = document.resolve(value);
      const headers = Object.keys(fieldsOf(field(response, "headers")));
      budget.spend(headers);
      const responseParameters = headers.map((name) => [`method.response.header.${name}`, false] as const);
      const responseModels = modelNames(document.responseContent(operation, response), source);
      return [
        statusCode,
        {
          statusCode,
          responseParameters: omitIfEmpty(Object.fromEntries(responseParameters)),
          responseModels: omitIfEmpty(responseModels),
        },
      ];
    }),
  );
}

/** An authorizer becomes CUSTOM, which is then rejected, because authorizers are not implemented. */
function securityOf(
  { document, budget }: OperationSource,
  operation: Fields,
): Pick<Method, "authorizationType" | "apiKeyRequired"> {
  const auth = fieldsOf(field(operation, "x-amazon-apigateway-auth"));
  let authorizationType = stringField(auth, "type")?.toUpperCase() ?? "NONE";
  let apiKeyRequired = false;
  const requirements = field(operation, "security") ?? field(document.root, "security");
  budget.spend(requirements);
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
