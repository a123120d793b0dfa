import type { AwsError } from "./aws-error.js";
import type { CatalogEntry } from "./catalog.js";
import { encodeJson } from "./encode-json.js";
import type { Structure } from "./shape.js";

/** The members of an error that travel in headers, and the rest as a JSON object. */
export interface JsonError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * An error as the JSON protocols write it. The schema's status and member names win over the thrower's, where the schema has this error.
 * @throws TypeError when the error carries a member that its structure does not have.
 */
export function jsonErrorBody(
  error: AwsError,
  errors: ReadonlyMap<string, Structure>,
  { typedErrors }: CatalogEntry,
): JsonError {
  const structure = errors.get(error.code);
  const status = structure?.traits.httpError ?? error.status;
  const headers: Record<string, string> = {};
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(error.members)) {
    const member = structure?.members.find((candidate) => candidate.name === name);
    if (!member) throw new TypeError(`${name} is not a member of the error ${error.code}`);
    if (member.traits.httpHeader) headers[member.traits.httpHeader.toLowerCase()] = String(value);
    else body[name] = encodeJson(member.shape, value, `${error.code}.${name}`);
  }
  if (typedErrors && structure) {
    return { status, headers, body: { Type: sender(status), ...body, message: error.message, Message: error.message } };
  }
  return { status, headers, body: { ...body, message: error.message } };
}

function sender(status: number): string {
  return status < 500 ? "User" : "Service";
}
