import { TepalError } from "../base/index.js";
import { DeployError } from "./errors.js";

/** The name of an error of AWS or its SDK: "ResourceNotFoundException". */
export function awsErrorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}

/** undefined where the request fails with one of the errors in `names`. */
export async function undefinedOn<T>(names: readonly string[], request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (names.includes(awsErrorName(error) ?? "")) return undefined;
    throw error;
  }
}

/**
 * Whether AWS rejected a creation because the resource exists. Lambda and API Gateway use the same names for other
 * conflicts.
 */
export function isAlreadyExists(error: unknown): boolean {
  const name = awsErrorName(error) ?? "";
  return /AlreadyExistsException$/.test(name) || (/ConflictException$/.test(name) && /exist/.test(String(error)));
}

const unreachableCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT"]);

/**
 * Runs `work` and turns errors of AWS and its SDK into errors that a user can act on. `during` says what was being
 * done.
 */
export async function withAwsErrors<T>(during: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDeployError(error, during);
  }
}

function toDeployError(error: unknown, during: string): unknown {
  if (error instanceof TepalError || !(error instanceof Error)) return error;
  if (error.name === "CredentialsProviderError" || /Region is missing/.test(error.message)) {
    return new DeployError("aws-not-configured", `${during}: ${error.message}`, { cause: error });
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (unreachableCodes.has(code) || error.name === "TimeoutError") {
    return new DeployError("aws-unreachable", `${during}: ${error.message || code}`, { cause: error });
  }
  if (!("$metadata" in error)) return error;
  return new DeployError("aws-error", `${during}: ${error.name}: ${error.message}`, { cause: error });
}
