// The rules that an integration must keep, whether it is put, patched or imported.

import type { Integration, Method } from "@aws-sdk/client-api-gateway";
import { badRequest } from "../../errors.js";
import { integrationTimeoutMsMax, integrationTimeoutMsMin } from "../../limits.js";
import { checkContentTypes, checkRequestMapping } from "./mapping.js";

const passthroughBehaviors = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"];
const awsUri = /^arn:aws[a-z-]*:apigateway:/;
const proxyTargets = /^arn:aws[a-z-]*:apigateway:[^:]+:(?:lambda|firehose):/;
const httpUri = /^(?:https?:\/\/|\$\{stageVariables\.)/;

/** @throws AwsError BadRequestException */
export function checkIntegration(method: Method, integration: Integration): Integration {
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
    if (type === "AWS_PROXY" && !proxyTargets.test(uri)) {
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
