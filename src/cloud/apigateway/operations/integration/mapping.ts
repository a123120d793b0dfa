// Parameter mappings as they are checked when they are set: `integration.request.header.X` from `method.request.querystring.y`.

import type { Method } from "@aws-sdk/client-api-gateway";
import { badRequest } from "../../errors.js";

const requestTarget =
  /^integration\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\.[^.\s][^\s]*$/;
const requestSource =
  /^(?:'.*'|method\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\.\S+|method\.request\.body(?:[.[].*)?|context\.\S+|stageVariables\.\S+)$/s;
const responseTarget = /^method\.response\.header\.\S+$/;
const responseSource =
  /^(?:'.*'|integration\.response\.(?:header|multivalueheader)\.\S+|integration\.response\.body(?:[.[].*)?|context\.\S+|stageVariables\.\S+)$/s;
const declaredSource = /^method\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\./;
const contentTypePattern = /^(?:\$default|[\w!#&^.+*-]+\/[\w!#&^.+*-]+(?:\s*;.*)?)$/;

const invalid = (error: string) =>
  badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`);

/** @throws AwsError BadRequestException */
export function checkRequestMapping(method: Method, mapping: Readonly<Record<string, string>> | undefined): void {
  for (const [target, source] of Object.entries(mapping ?? {})) {
    if (!requestTarget.test(target)) throw invalid(`Invalid mapping expression specified: ${target}`);
    if (!requestSource.test(source)) throw invalid(`Invalid mapping expression specified: ${source}`);
    if (declaredSource.test(source) && method.requestParameters?.[source] === undefined) {
      throw invalid(`Invalid mapping expression parameter specified: ${source}`);
    }
  }
}

/** @throws AwsError BadRequestException */
export function checkResponseMapping(
  method: Method,
  statusCode: string,
  mapping: Readonly<Record<string, string>> | undefined,
): void {
  for (const [target, source] of Object.entries(mapping ?? {})) {
    if (!responseTarget.test(target)) throw invalid(`Invalid mapping expression specified: ${target}`);
    if (!responseSource.test(source)) throw invalid(`Invalid mapping expression specified: ${source}`);
    if (method.methodResponses?.[statusCode]?.responseParameters?.[target] === undefined) {
      throw invalid(`Invalid mapping expression parameter specified: ${target}`);
    }
  }
}

/** @throws AwsError BadRequestException */
export function checkContentTypes(templates: Readonly<Record<string, string>> | undefined): void {
  for (const contentType of Object.keys(templates ?? {})) {
    if (!contentTypePattern.test(contentType)) {
      throw badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${contentType}]`);
    }
  }
}
