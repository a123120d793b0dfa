// Lambda's checks of a payload before an invocation.

import { isJson } from "../../json-scan.js";
import { AwsError } from "../../protocol/aws-error.js";

type InvocationKind = "RequestResponse" | "Event" | "DryRun";

/** 6 MB for a synchronous invocation, 1 MB for an asynchronous one (since October 2025). */
const payloadBytesMax: Readonly<Record<InvocationKind, number>> = {
  RequestResponse: 6 * 1024 * 1024,
  Event: 1024 * 1024,
  DryRun: 6 * 1024 * 1024,
};

const emptyObject = Buffer.from("{}");

/**
 * Returns the function's event: an empty object when the request has no payload.
 * @throws AwsError RequestEntityTooLargeException, InvalidRequestContentException
 */
export function checkPayload(payload: Uint8Array | undefined, kind: InvocationKind): Uint8Array {
  if (payload === undefined || payload.length === 0) return emptyObject;
  const limit = payloadBytesMax[kind];
  if (payload.length > limit) {
    throw new AwsError<"lambda">(
      "RequestEntityTooLargeException",
      413,
      `${payload.length} byte payload is too large for the ${kind} invocation type (limit ${limit} bytes)`,
      { Type: "User" },
    );
  }
  if (!isJson(payload)) throw notJson(Buffer.from(payload).toString("utf8"));
  return payload;
}

/**
 * The client context as the Runtime API passes it on: JSON in one line of ASCII, because it is a header.
 * @param encoded Base64, as the caller sends it
 * @throws AwsError InvalidRequestContentException
 */
export function clientContextOf(encoded: string | undefined): string | undefined {
  if (encoded === undefined) return undefined;
  try {
    const context: unknown = JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
    if (typeof context === "object" && context !== null) return asciiJson(context);
  } catch {
    // Not JSON, as below.
  }
  throw new AwsError<"lambda">(
    "InvalidRequestContentException",
    400,
    "Client context must be a valid Base64-encoded JSON object.",
    { Type: "User" },
  );
}

function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** AWS's message, as far as it does not depend on its parser. */
function notJson(text: string): AwsError<"lambda"> {
  const found = text.trimStart()[0];
  const what =
    found === undefined
      ? "No content to map due to end-of-input"
      : `Unexpected character ('${found}' (code ${found.codePointAt(0)})): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  return new AwsError<"lambda">(
    "InvalidRequestContentException",
    400,
    `Could not parse request body into json: Could not parse payload into json: ${what}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: 1]`,
    { Type: "User" },
  );
}
