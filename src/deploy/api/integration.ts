// How the route invokes the function: API Gateway's non-proxy Lambda integration.

import type { ApiSubject } from "../../contract/index.js";
import type { Place } from "../names.js";
import { type ErrorPrefixes, type IntegrationResponse, responsesByPattern } from "./responses.js";

export interface Integration {
  readonly type: "aws" | "mock";
  readonly httpMethod?: "POST";
  readonly uri?: string;
  readonly passthroughBehavior: "never";
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly timeoutInMillis?: number;
  readonly responses: Readonly<Record<string, IntegrationResponse>>;
}

/** API Gateway's longest wait for an integration, unless AWS has raised it for the account. */
const integrationTimeoutMs = 29_000;

export const corsHeaders = [
  "Access-Control-Allow-Origin",
  "Access-Control-Allow-Methods",
  "Access-Control-Allow-Headers",
] as const;

/** The body exactly as sent, so that no number is reformatted. */
const passThrough = "$input.body";

/** Names of headers are matched in the case that the client sent: HTTP/2 has lower case. */
const acceptsCsv = '$input.params("Accept").startsWith("text/csv") || $input.params("accept").startsWith("text/csv")';

/**
 * The events for the body of a request to a model. A request for CSV, and a body in CSV, are objects with the header
 * and the body. escapeJavaScript writes \' for an apostrophe, which is not valid in JSON.
 */
const modelTemplates = {
  "application/json": `#if(${acceptsCsv}){"accept":"text/csv","request":${passThrough}}#else${passThrough}#end`,
  "text/csv": `{"csv":"$util.escapeJavaScript($input.body).replaceAll("\\\\'","'")"#if(${acceptsCsv}),"accept":"text/csv"#end}`,
} as const;

/** `functionArn` may contain a stage variable. */
export function lambdaIntegration(
  { region, partition }: Pick<Place, "region" | "partition">,
  functionArn: string,
  kind: ApiSubject["kind"],
  prefixes: ErrorPrefixes,
): Integration {
  return {
    type: "aws",
    // Lambda's Invoke is a POST, whatever the route's own method is.
    httpMethod: "POST",
    uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    // Other content types get 415.
    requestTemplates: kind === "model" ? modelTemplates : { "application/json": passThrough },
    passthroughBehavior: "never",
    timeoutInMillis: integrationTimeoutMs,
    responses: responsesByPattern(kind, prefixes),
  };
}

/** Responds to a browser's CORS preflight request. */
export function preflightIntegration(origin: string): Integration {
  const values = [`'${origin}'`, "'POST,OPTIONS'", "'Content-Type'"];
  const responseParameters = Object.fromEntries(
    corsHeaders.map((name, i) => [`method.response.header.${name}`, values[i] ?? ""]),
  );
  return {
    type: "mock",
    requestTemplates: { "application/json": '{"statusCode":204}' },
    passthroughBehavior: "never",
    responses: { default: { statusCode: "204", responseParameters } },
  };
}

/** The same integration with a header in every response that lets pages of `origin` read it. */
export function allowOrigin(origin: string, integration: Integration): Integration {
  const responseParameters = { "method.response.header.Access-Control-Allow-Origin": `'${origin}'` };
  return {
    ...integration,
    responses: Object.fromEntries(
      Object.entries(integration.responses).map(([pattern, response]) => [
        pattern,
        { ...response, responseParameters },
      ]),
    ),
  };
}
