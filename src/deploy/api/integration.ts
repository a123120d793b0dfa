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
    // The body exactly as sent, so that no number is reformatted; other content types get 415.
    requestTemplates: { "application/json": "$input.body" },
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
