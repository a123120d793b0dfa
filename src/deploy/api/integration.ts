// How the route reaches the function and what becomes of its answer: API Gateway's non-proxy Lambda integration.

/** How the function tells whose fault an error is: the prefix of its error messages. Handed in, since rooms keep apart. */
export interface ErrorWords {
  /** Begins the message of an error that the caller caused. */
  readonly callerErrorPrefix: string;
}

export interface IntegrationResponse {
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

/** `functionArn` may hold a stage variable. */
export function lambdaIntegration(
  region: string,
  partition: string,
  functionArn: string,
  { callerErrorPrefix }: ErrorWords,
): Integration {
  return {
    type: "aws",
    // Lambda's Invoke is a POST, whatever the route's own method is.
    httpMethod: "POST",
    uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    // The body as it was sent, so that no number is written anew; other content types get 415.
    requestTemplates: { "application/json": "$input.body" },
    passthroughBehavior: "never",
    timeoutInMillis: integrationTimeoutMs,
    responses: responsesByPattern(callerErrorPrefix),
  };
}

/**
 * A pattern must match the whole error message, which may hold newlines, hence `[\s\S]`: in Java `(\n|.)*` overflows the stack
 * on a long message. No message matches two patterns, since API Gateway does not say which of them would win. A success has no
 * message and takes the default.
 */
function responsesByPattern(callerErrorPrefix: string): Record<string, IntegrationResponse> {
  const caller = callerErrorPrefix.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const timedOut = "[\\s\\S]*Task timed out after [\\s\\S]*";
  return {
    default: { statusCode: "200" },
    [`${caller}[\\s\\S]*`]: { statusCode: "400", responseTemplates: json(messageAfter(callerErrorPrefix.length)) },
    [`(?!${caller})${timedOut}`]: {
      statusCode: "504",
      responseTemplates: json('{"message":"The model took longer than its time-out"}'),
    },
    [`(?!${caller})(?!${timedOut})[\\s\\S]+`]: {
      statusCode: "500",
      responseTemplates: json('{"message":"Internal server error"}'),
    },
  };
}

/** escapeJavaScript writes \' for an apostrophe, which JSON does not know. */
function messageAfter(prefixLength: number): string {
  const message = `$input.path('$.errorMessage').substring(${prefixLength})`;
  return `{"message":"$util.escapeJavaScript(${message}).replaceAll("\\\\'","'")"}`;
}

/** Answers a browser's question whether it may send the request that comes next (CORS pre-flight). */
export function preflightIntegration(origin: string): Integration {
  return {
    type: "mock",
    requestTemplates: { "application/json": '{"statusCode":204}' },
    passthroughBehavior: "never",
    responses: {
      default: {
        statusCode: "204",
        responseParameters: {
          "method.response.header.Access-Control-Allow-Origin": `'${origin}'`,
          "method.response.header.Access-Control-Allow-Methods": "'POST,OPTIONS'",
          "method.response.header.Access-Control-Allow-Headers": "'Content-Type'",
        },
      },
    },
  };
}

/** The same integration, whose answers tell a browser that pages of `origin` may read them. */
export function readableFrom(origin: string, integration: Integration): Integration {
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

function json(template: string): Record<string, string> {
  return { "application/json": template };
}
