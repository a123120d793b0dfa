import type { AwsError } from "./aws-error.js";
import type { CatalogEntry } from "./catalog.js";
import { encodeJson, encodePlainJson } from "./encode-json.js";
import type { Structure } from "./shape.js";

/** The members of an error that travel in headers, and the rest as a JSON object. */
interface JsonError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * An error as the JSON protocols encode it. Status and members follow the error's schema, where the API has one; AWS
 * also returns errors without a schema (`RequestEntityTooLargeException`), and members that a schema lacks (`Type`):
 * those are written as they are.
 * @throws TypeError for a member whose value is not of the schema's type.
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
    if (!member) body[name] = encodePlainJson(value);
    else if (member.traits.httpHeader) headers[member.traits.httpHeader.toLowerCase()] = String(value);
    else body[name] = encodeJson(member.shape, value, `${error.code}.${name}`);
  }
  if (typedErrors && structure) {
    const type = status < 500 ? "User" : "Service";
    return { status, headers, body: { Type: type, ...body, message: error.message, Message: error.message } };
  }
  return { status, headers, body: { ...body, message: error.message } };
}
