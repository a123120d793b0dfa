// How a result of the function becomes the HTTP response of the API: selection patterns and mapping templates of API
// Gateway's non-proxy Lambda integration.

import type { ApiSubject } from "../../contract/index.js";

/**
 * How the function's error messages tell whose error it is. A parameter, because rooms do not import each other's
 * constants.
 */
export interface ErrorPrefixes {
  /** The start of the message of an error that the caller caused. */
  readonly clientErrorPrefix: string;
}

export interface IntegrationResponse {
  readonly statusCode: string;
  readonly responseTemplates?: Readonly<Record<string, string>>;
  readonly responseParameters?: Readonly<Record<string, string>>;
}

type Kind = ApiSubject["kind"];

/** What callers are told of an error. */
const messages = {
  model: {
    timedOut: "The model did not finish within its timeout",
    responseTooLarge: "The predictions are larger than 6 MB. Send fewer rows at a time",
    requestTooLarge: "The request is larger than 6 MB. Send fewer rows at a time",
  },
  code: {
    timedOut: "The function did not finish within its timeout",
    responseTooLarge: "The response is larger than 6 MB",
    requestTooLarge: "The request is larger than 6 MB",
  },
} as const satisfies Record<Kind, object>;
const tooManyRequests = "Too many requests";
/** The details are in the function's log only. */
const internalError = "Internal server error";

const timedOut = "[\\s\\S]*Task timed out after [\\s\\S]*";
/** The message of Lambda's error Function.ResponseSizeTooLarge: a response of more than 6 MB. */
const responseTooLarge = "Response payload size [\\s\\S]*exceeded maximum allowed payload size[\\s\\S]*";

interface MappedError {
  /** Matches the whole error message. */
  readonly pattern: string;
  readonly status: number;
  /** undefined: the rest of the error message after the prefix. */
  readonly message?: string;
}

/**
 * A pattern must match the whole message, which may contain newlines, hence `[\s\S]`: in Java `(\n|.)*` overflows the
 * stack on a long message. No message matches two patterns, since API Gateway does not document which one wins.
 */
function mappedErrors(kind: Kind, { clientErrorPrefix }: ErrorPrefixes): readonly MappedError[] {
  const caller = `${clientErrorPrefix.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}[\\s\\S]*`;
  return [
    { pattern: caller, status: 400 },
    {
      pattern: `(?!${caller})(?!${responseTooLarge})${timedOut}`,
      status: 504,
      message: messages[kind].timedOut,
    },
    { pattern: `(?!${caller})${responseTooLarge}`, status: 413, message: messages[kind].responseTooLarge },
    {
      pattern: `(?!${caller})(?!${responseTooLarge})(?!${timedOut})[\\s\\S]+`,
      status: 500,
      message: internalError,
    },
  ];
}

/** Responses by the pattern of the error message. A success has no message and gets the default response. */
export function responsesByPattern(kind: Kind, prefixes: ErrorPrefixes): Record<string, IntegrationResponse> {
  const errors = mappedErrors(kind, prefixes).map(({ pattern, status, message }) => [
    pattern,
    {
      statusCode: String(status),
      responseTemplates: json(
        message === undefined ? messageAfter(prefixes.clientErrorPrefix.length) : messageJson(message),
      ),
    },
  ]);
  return {
    default: { statusCode: "200", responseTemplates: successTemplates[kind] },
    ...Object.fromEntries(errors),
  };
}

/** A result of the function, as Lambda returns it. */
interface FunctionResult {
  readonly payload: string;
  /** Whether the payload is an error. */
  readonly isError: boolean;
}

/** The response that the API of the user's code gives to a result, for a function that runs without an API. */
export function codeResponse(
  { payload, isError }: FunctionResult,
  prefixes: ErrorPrefixes,
): { readonly status: number; readonly body: string } {
  if (!isError) return { status: 200, body: payload };
  const text = errorMessageOf(payload);
  const mapped = mappedErrors("code", prefixes).find(({ pattern }) => new RegExp(`^(?:${pattern})$`).test(text));
  const { status = 500, message = mapped ? text.slice(prefixes.clientErrorPrefix.length) : internalError } =
    mapped ?? {};
  return { status, body: messageJson(message) };
}

/** The `errorMessage` of a function's error; empty if it has none. */
function errorMessageOf(payload: string): string {
  try {
    const error: unknown = JSON.parse(payload);
    const isMessage = typeof error === "object" && error !== null && "errorMessage" in error;
    return isMessage && typeof error.errorMessage === "string" ? error.errorMessage : "";
  } catch {
    return "";
  }
}

/**
 * How a model's results begin that are JSON objects: by method, or in the form of another protocol. Every other object
 * is an error.
 */
const objectStarts = [
  // predict, predict_proba, predict_log_proba, predict_std and predictions
  "predict",
  "decision_function",
  "transform",
  "score_samples",
  "kneighbors",
  "outputs",
  "id",
].map((key) => `$input.body.startsWith('{"${key}')`);

/**
 * Lambda's own errors (a payload of more than 6 MB, throttling) never reach a pattern: their JSON has `message` instead
 * of `errorMessage`, so API Gateway takes them for a success. Predictions are returned byte for byte.
 */
const predictionsOrLambdaError = [
  `#if(!$input.body.startsWith("{") || ${objectStarts.join(" || ")})$input.body#else`,
  '#if($input.body.contains("too large") || $input.body.contains("must be smaller than"))',
  responseWith(413, messages.model.requestTooLarge),
  '#elseif($input.body.contains("Rate Exceeded"))',
  responseWith(429, tooManyRequests),
  `#else${responseWith(500, internalError)}`,
  "#end#end",
].join("");

/** Lambda's own errors are shorter than this, and only such a result is compared with them. */
const lambdaErrorLengthMax = 300;
const lambdaError = (message: string) =>
  `[{]("Reason":"[A-Za-z]+",)?("Type":"User",)?"message":"${message}"(,"Type":"User")?[}]`;
const requestTooLarge =
  "([0-9]+ byte payload is too large for the [A-Za-z]+ invocation type [(]limit [0-9]+ bytes[)]|" +
  "Request must be smaller than [0-9]+ bytes for the [A-Za-z]+ operation)";

/**
 * The user's code can return any JSON, which is returned byte for byte. Only what is exactly one of Lambda's own errors
 * is taken for one, and the error of an exception without a message (`assert`), which no pattern can match because API
 * Gateway compares a success as an empty message: in the forms of AWS's Python and Node.js runtimes.
 */
const resultOrLambdaError = [
  `#if($input.body.length() < ${lambdaErrorLengthMax} && $input.body.matches('${lambdaError(requestTooLarge)}'))`,
  responseWith(413, messages.code.requestTooLarge),
  `#elseif($input.body.length() < ${lambdaErrorLengthMax} && $input.body.matches('${lambdaError("Rate Exceeded[.]?")}'))`,
  responseWith(429, tooManyRequests),
  `#elseif($input.body.startsWith('{"errorMessage": "", "errorType": "') && $input.body.contains('"stackTrace": ['))`,
  responseWith(500, internalError),
  `#elseif($input.body.startsWith('{"errorType":"') && $input.body.contains('","errorMessage":"","trace":['))`,
  responseWith(500, internalError),
  "#else$input.body#end",
].join("");

/** By the media type that the client accepts. A result in CSV is the member of an object. */
const successTemplates: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  model: {
    ...json(predictionsOrLambdaError),
    "text/csv": `#if($input.body.startsWith('{"csv":'))$input.path('$.csv')#else${predictionsOrLambdaError}#end`,
  },
  code: json(resultOrLambdaError),
};

function responseWith(status: number, message: string): string {
  return `#set($context.responseOverride.status = ${status})${messageJson(message)}`;
}

/** escapeJavaScript writes \' for an apostrophe, which is not valid in JSON. */
function messageAfter(prefixLength: number): string {
  const message = `$input.path('$.errorMessage').substring(${prefixLength})`;
  return `{"message":"$util.escapeJavaScript(${message}).replaceAll("\\\\'","'")"}`;
}

function messageJson(message: string): string {
  return JSON.stringify({ message });
}

function json(template: string): Record<string, string> {
  return { "application/json": template };
}
