// Access to stored integrations, and the rules for their settings, whether they are put, patched or imported.

import type { ContentHandlingStrategy } from "@aws-sdk/client-api-gateway";
import type { AccountRegion } from "../../../service-interfaces.js";
import type { IntegrationDocument, MethodDocument } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { integrationTimeoutMsMax, integrationTimeoutMsMin } from "../../limits.js";
import type { PatchRow } from "../../patch.js";
import type { ApiGatewayState } from "../../state.js";
import { checkContentTypes } from "../../templates.js";
import { type MethodName, requireMethod } from "../method/method.js";
import { checkRequestMapping } from "./mapping.js";

/** @throws AwsError NotFoundException */
export function requireIntegration(state: ApiGatewayState, call: AccountRegion, name: MethodName) {
  const found = requireMethod(state, call, name);
  const integration = found.method.methodIntegration;
  if (!integration) throw notFound("Invalid Integration identifier specified");
  return { ...found, integration };
}

const passthroughBehaviors = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"];
const awsUri = /^arn:aws[a-z-]*:apigateway:/;
const proxyTarget = /^arn:aws[a-z-]*:apigateway:[^:]+:(?:lambda|firehose):/;
const httpUri = /^(?:https?:\/\/|\$\{stageVariables\.)/;

/** What AWS derives from the type of an integration. */
export function withTypeDefaults(integration: IntegrationDocument): IntegrationDocument {
  const { httpMethod: _httpMethod, uri: _uri, ...others } = integration;
  if (integration.type === "MOCK") return others;
  if (integration.type?.startsWith("HTTP"))
    return { ...integration, connectionType: integration.connectionType ?? "INTERNET" };
  return integration;
}

/** @throws AwsError BadRequestException */
export function checkIntegration<T extends IntegrationDocument>(method: MethodDocument, integration: T): T {
  const {
    type,
    uri = "",
    httpMethod,
    timeoutInMillis = integrationTimeoutMsMax,
    passthroughBehavior = "",
  } = integration;
  if (type === "AWS" || type === "AWS_PROXY") {
    if (!httpMethod) throw badRequest("Enumeration value for HttpMethod must be non-empty");
    if (!awsUri.test(uri)) throw badRequest("Invalid ARN specified in the request");
    if (!/:(?:path|action)\//.test(uri)) throw badRequest("AWS ARN for integration must contain path or action");
    if (type === "AWS_PROXY" && !proxyTarget.test(uri)) {
      throw badRequest(
        "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
      );
    }
  }
  if (type === "HTTP" || type === "HTTP_PROXY") {
    if (!httpMethod) throw badRequest("Enumeration value for HttpMethod must be non-empty");
    if (!httpUri.test(uri)) throw badRequest("Invalid HTTP endpoint specified for URI");
  }
  if (!(timeoutInMillis >= integrationTimeoutMsMin && timeoutInMillis <= integrationTimeoutMsMax)) {
    throw badRequest(`Timeout should be between ${integrationTimeoutMsMin} ms and ${integrationTimeoutMsMax} ms`);
  }
  if (!passthroughBehaviors.includes(passthroughBehavior)) {
    throw badRequest(`Invalid passthroughBehavior specified. Valid options are ${passthroughBehaviors.join(",")}`);
  }
  checkRequestMapping(method, integration.requestParameters);
  checkContentTypes(integration.requestTemplates);
  return integration;
}

/** The patch row for `/contentHandling`, of integrations and of their responses. */
export function contentHandlingRow<T extends { contentHandling?: ContentHandlingStrategy | undefined }>(): PatchRow<T> {
  return {
    path: "/contentHandling",
    replace: (document, value) => {
      if (value !== "CONVERT_TO_BINARY" && value !== "CONVERT_TO_TEXT") {
        throw badRequest("Invalid contentHandling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT");
      }
      return { ...document, contentHandling: value };
    },
    remove: (document) => ({ ...document, contentHandling: undefined }),
  };
}
