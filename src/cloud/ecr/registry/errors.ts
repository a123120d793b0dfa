// Errors of the registry: the codes of the OCI distribution specification 1.1 ("Error Codes"), and the status of each.

import type { StreamedReply } from "../../http.js";
import { AwsError, type ErrorCode } from "../../protocol/aws-error.js";

const statuses = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DENIED: 403,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 404,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  PAGINATION_NUMBER_INVALID: 400,
  RANGE_INVALID: 416,
  SIZE_INVALID: 413,
  TAG_INVALID: 400,
  UNAUTHORIZED: 401,
  UNSUPPORTED: 405,
} as const;

type RegistryCode = keyof typeof statuses;

/**
 * The registry uses the same functions as ECR's operations: their errors become errors of the registry with the same
 * message.
 */
const codesOfAwsErrors: ReadonlyMap<string, RegistryCode> = new Map<ErrorCode<"ecr">, RegistryCode>([
  ["ImageDigestDoesNotMatchException", "DIGEST_INVALID"],
  ["ImageTagAlreadyExistsException", "TAG_INVALID"],
  ["InvalidParameterException", "MANIFEST_INVALID"],
  ["LayersNotFoundException", "MANIFEST_BLOB_UNKNOWN"],
  ["LimitExceededException", "SIZE_INVALID"],
  ["ReferencedImagesNotFoundException", "MANIFEST_BLOB_UNKNOWN"],
  ["RepositoryNotFoundException", "NAME_UNKNOWN"],
]);

export class RegistryError extends Error {
  readonly code: RegistryCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: RegistryCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }

  get status(): number {
    return statuses[this.code];
  }

  reply(): StreamedReply {
    return {
      status: this.status,
      headers: { "content-type": "application/json", ...this.headers },
      body: JSON.stringify({ errors: [{ code: this.code, message: this.message }] }),
    };
  }
}

/** The registry's error for an error of a request; undefined for an unexpected error. */
export function registryErrorOf(error: unknown): RegistryError | undefined {
  if (error instanceof RegistryError) return error;
  const code = error instanceof AwsError ? codesOfAwsErrors.get(error.code) : undefined;
  return code && new RegistryError(code, (error as AwsError).message);
}
