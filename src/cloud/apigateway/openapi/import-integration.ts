// The extension `x-amazon-apigateway-integration` becomes the integration of a method.

import type { ContentHandlingStrategy, IntegrationType } from "@aws-sdk/client-api-gateway";
import type { IntegrationDocument, IntegrationResponseDocument } from "../documents.js";
import { integrationTimeoutMsMax } from "../limits.js";
import { withTypeDefaults } from "../operations/integration/integration.js";
import { omitIfEmpty } from "../state.js";
import {
  booleanField,
  type Fields,
  field,
  fieldsOf,
  stringField,
  stringListField,
  stringMapField,
  templatesField,
} from "./fields.js";

const types: ReadonlyMap<string, IntegrationType> = new Map([
  ["aws", "AWS"],
  ["aws_proxy", "AWS_PROXY"],
  ["http", "HTTP"],
  ["http_proxy", "HTTP_PROXY"],
  ["mock", "MOCK"],
]);

/** @returns undefined when the type is unknown */
export function integrationOf(fields: Fields, resourceId: string): IntegrationDocument | undefined {
  const type = types.get(stringField(fields, "type")?.toLowerCase() ?? "");
  if (!type) return undefined;
  const tls = fieldsOf(field(fields, "tlsConfig"));
  const timeout = field(fields, "timeoutInMillis");
  return withTypeDefaults({
    type,
    httpMethod: stringField(fields, "httpMethod")?.toUpperCase().replace("X-AMAZON-APIGATEWAY-ANY-METHOD", "ANY"),
    uri: stringField(fields, "uri"),
    connectionType: stringField(fields, "connectionType") === "VPC_LINK" ? "VPC_LINK" : undefined,
    connectionId: stringField(fields, "connectionId"),
    credentials: stringField(fields, "credentials"),
    requestParameters: omitIfEmpty(stringMapField(fields, "requestParameters")),
    requestTemplates: templatesField(fields, "requestTemplates"),
    passthroughBehavior: stringField(fields, "passthroughBehavior")?.toUpperCase() ?? "WHEN_NO_MATCH",
    contentHandling: contentHandlingOf(fields),
    timeoutInMillis: typeof timeout === "number" ? timeout : integrationTimeoutMsMax,
    cacheNamespace: stringField(fields, "cacheNamespace") ?? resourceId,
    cacheKeyParameters: stringListField(fields, "cacheKeyParameters"),
    tlsConfig:
      Object.keys(tls).length > 0
        ? { insecureSkipVerification: booleanField(tls, "insecureSkipVerification") }
        : undefined,
    integrationResponses: omitIfEmpty(integrationResponsesOf(fieldsOf(field(fields, "responses")))),
  });
}

/** By status code. The key in the document is the selection pattern, or "default" for no pattern. */
function integrationResponsesOf(responses: Fields): Record<string, IntegrationResponseDocument> {
  return Object.fromEntries(
    Object.entries(responses).map(([pattern, value]) => {
      const fields = fieldsOf(value);
      const statusCode = stringField(fields, "statusCode") ?? "200";
      return [
        statusCode,
        {
          statusCode,
          selectionPattern: pattern === "default" ? undefined : pattern,
          responseParameters: omitIfEmpty(stringMapField(fields, "responseParameters")),
          responseTemplates: templatesField(fields, "responseTemplates"),
          contentHandling: contentHandlingOf(fields),
        },
      ];
    }),
  );
}

function contentHandlingOf(fields: Fields): ContentHandlingStrategy | undefined {
  const value = stringField(fields, "contentHandling")?.toUpperCase();
  return value === "CONVERT_TO_BINARY" || value === "CONVERT_TO_TEXT" ? value : undefined;
}
