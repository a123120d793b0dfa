// The rules for parameter mappings: `integration.request.header.X` from `method.request.querystring.y`.

import type { MethodDocument } from "../../documents.js";
import { invalidMapping } from "../method/method.js";

type Mapping = Readonly<Record<string, string>>;

const requestTarget =
  /^integration\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\.[^.\s][^\s]*$/;
const requestSource =
  /^(?:'.*'|method\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\.\S+|method\.request\.body(?:[.[].*)?|context\.\S+|stageVariables\.\S+)$/s;
const responseTarget = /^method\.response\.header\.\S+$/;
const responseSource =
  /^(?:'.*'|integration\.response\.(?:header|multivalueheader)\.\S+|integration\.response\.body(?:[.[].*)?|context\.\S+|stageVariables\.\S+)$/s;
/** Sources that the method must declare as request parameters. */
const declaredSource = /^method\.request\.(?:path|querystring|header|multivaluequerystring|multivalueheader)\./;

/** @throws AwsError BadRequestException */
export function checkRequestMapping({ requestParameters }: MethodDocument, mapping: Mapping = {}): void {
  checkExpressions(mapping, requestTarget, requestSource);
  for (const source of Object.values(mapping)) {
    if (declaredSource.test(source) && requestParameters?.[source] === undefined) throw undeclared(source);
  }
}

/** @throws AwsError BadRequestException */
export function checkResponseMapping(
  { methodResponses }: MethodDocument,
  statusCode: string,
  mapping: Mapping = {},
): void {
  checkExpressions(mapping, responseTarget, responseSource);
  const declared = methodResponses?.[statusCode]?.responseParameters;
  for (const target of Object.keys(mapping)) {
    if (declared?.[target] === undefined) throw undeclared(target);
  }
}

function checkExpressions(mapping: Mapping, targetPattern: RegExp, sourcePattern: RegExp): void {
  for (const [target, source] of Object.entries(mapping)) {
    if (!targetPattern.test(target)) throw invalidMapping(`Invalid mapping expression specified: ${target}`);
    if (!sourcePattern.test(source)) throw invalidMapping(`Invalid mapping expression specified: ${source}`);
  }
}

const undeclared = (parameter: string) =>
  invalidMapping(`Invalid mapping expression parameter specified: ${parameter}`);
