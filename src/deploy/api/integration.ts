// How the route invokes the function, and how its responses become HTTP: API Gateway's non-proxy Lambda integration.

import type { Place } from "../names.js";

/**
 * How the function's error messages tell whose error it is. A parameter, because rooms do not import each other's
 * constants.
 */
export interface ErrorPrefixes {
  /** The start of the message of an error that the caller caused. */
  readonly clientErrorPrefix: string;
}

interface IntegrationResponse {
  readonly statusCode: string;
  readonly responseTemplates?: Readonly<Record<string, string>>;
  readonly responseParameters?: Readonly<Record<string, string>>;
}

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
    responses: responsesByPattern(prefixes),
  };
}

const timedOut = "[\\s\\S]*Task timed out after [\\s\\S]*";
/** The message of Lambda's error Function.ResponseSizeTooLarge: a response of more than 6 MB. */
const responseTooLarge = "Response payload size [\\s\\S]*exceeded maximum allowed payload size[\\s\\S]*";

/**
 * Responses by the pattern of the error message. A pattern must match the whole message, which may contain newlines,
 * hence `[\s\S]`: in Java `(\n|.)*` overflows the stack on a long message. No message matches two patterns, since API
 * Gateway does not document which one wins. A success has no message and gets the default response.
 */
function responsesByPattern({ clientErrorPrefix }: ErrorPrefixes): Record<string, IntegrationResponse> {
  const caller = `${clientErrorPrefix.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}[\\s\\S]*`;
  return {
    default: { statusCode: "200", responseTemplates: json(predictionsOrLambdaError) },
    [caller]: { statusCode: "400", responseTemplates: json(messageAfter(clientErrorPrefix.length)) },
    [`(?!${caller})(?!${responseTooLarge})${timedOut}`]: {
      statusCode: "504",
      responseTemplates: json(messageJson("The model did not finish within its timeout")),
    },
    [`(?!${caller})${responseTooLarge}`]: {
      statusCode: "413",
      responseTemplates: json(messageJson("The predictions are larger than 6 MB. Send fewer rows at a time")),
    },
    [`(?!${caller})(?!${responseTooLarge})(?!${timedOut})[\\s\\S]+`]: {
      statusCode: "500",
      responseTemplates: json(messageJson("Internal server error")),
    },
  };
}

/**
 * Lambda's own errors (a payload of more than 6 MB, throttling) never reach a pattern: their JSON has `message` instead
 * of `errorMessage`, so API Gateway takes them for a success. Predictions are always a JSON list and are returned byte
 * for byte; a JSON object is an error.
 */
const predictionsOrLambdaError = [
  '#if(!$input.body.startsWith("{"))$input.body#else',
  '#if($input.body.contains("too large") || $input.body.contains("must be smaller than"))',
  `#set($context.responseOverride.status = 413)${messageJson("The request is larger than 6 MB. Send fewer rows at a time")}`,
  '#elseif($input.body.contains("Rate Exceeded"))',
  `#set($context.responseOverride.status = 429)${messageJson("Too many requests")}`,
  `#else#set($context.responseOverride.status = 500)${messageJson("Internal server error")}`,
  "#end#end",
].join("");

/** escapeJavaScript writes \' for an apostrophe, which is not valid in JSON. */
function messageAfter(prefixLength: number): string {
  const message = `$input.path('$.errorMessage').substring(${prefixLength})`;
  return `{"message":"$util.escapeJavaScript(${message}).replaceAll("\\\\'","'")"}`;
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

function messageJson(message: string): string {
  return JSON.stringify({ message });
}

function json(template: string): Record<string, string> {
  return { "application/json": template };
}
