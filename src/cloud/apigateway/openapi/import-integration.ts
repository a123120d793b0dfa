// `x-amazon-apigateway-integration` becomes the integration of a method.

import type {
  ContentHandlingStrategy,
  Integration,
  IntegrationResponse,
  IntegrationType,
} from "@aws-sdk/client-api-gateway";
import { integrationTimeoutMsMax } from "../limits.js";
import { unlessEmpty } from "../operations/method/method.js";
import { type Fields, field, fieldsOf, flagField, textField, textListField, textMapField } from "./fields.js";

const types: ReadonlyMap<string, IntegrationType> = new Map([
  ["aws", "AWS"],
  ["aws_proxy", "AWS_PROXY"],
  ["http", "HTTP"],
  ["http_proxy", "HTTP_PROXY"],
  ["mock", "MOCK"],
]);

/** @returns undefined when the type is none that there is */
export function integrationOf(fields: Fields, resourceId: string): Integration | undefined {
  const type = types.get(textField(fields, "type")?.toLowerCase() ?? "");
  if (!type) return undefined;
  const tls = fieldsOf(field(fields, "tlsConfig"));
  const timeout = field(fields, "timeoutInMillis");
  return {
    type,
    httpMethod: textField(fields, "httpMethod")?.toUpperCase().replace("X-AMAZON-APIGATEWAY-ANY-METHOD", "ANY"),
    uri: textField(fields, "uri"),
    connectionType: textField(fields, "connectionType") === "VPC_LINK" ? "VPC_LINK" : undefined,
    connectionId: textField(fields, "connectionId"),
    credentials: textField(fields, "credentials"),
    requestParameters: unlessEmpty(textMapField(fields, "requestParameters")),
    requestTemplates: unlessEmpty(textMapField(fields, "requestTemplates")),
    passthroughBehavior: textField(fields, "passthroughBehavior")?.toUpperCase() ?? "WHEN_NO_MATCH",
    contentHandling: contentHandlingOf(fields),
    timeoutInMillis: typeof timeout === "number" ? timeout : integrationTimeoutMsMax,
    cacheNamespace: textField(fields, "cacheNamespace") ?? resourceId,
    cacheKeyParameters: textListField(fields, "cacheKeyParameters"),
    tlsConfig:
      Object.keys(tls).length > 0
        ? { insecureSkipVerification: flagField(tls, "insecureSkipVerification") }
        : undefined,
    integrationResponses: unlessEmpty(integrationResponsesOf(fieldsOf(field(fields, "responses")))),
  };
}

/** By status code; the key in the document is the selection pattern, and "default" is none. */
function integrationResponsesOf(responses: Fields): Record<string, IntegrationResponse> {
  return Object.fromEntries(
    Object.entries(responses).map(([pattern, value]) => {
      const fields = fieldsOf(value);
      const statusCode = textField(fields, "statusCode") ?? "200";
      return [
        statusCode,
        {
          statusCode,
          selectionPattern: pattern === "default" ? undefined : pattern,
          responseParameters: unlessEmpty(textMapField(fields, "responseParameters")),
          responseTemplates: unlessEmpty(textMapField(fields, "responseTemplates")),
          contentHandling: contentHandlingOf(fields),
        },
      ];
    }),
  );
}

function contentHandlingOf(fields: Fields): ContentHandlingStrategy | undefined {
  const value = textField(fields, "contentHandling")?.toUpperCase();
  return value === "CONVERT_TO_BINARY" || value === "CONVERT_TO_TEXT" ? value : undefined;
}
