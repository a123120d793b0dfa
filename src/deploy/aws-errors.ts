import { TepalError } from "../base/index.js";
import { DeployError } from "./errors.js";

/** The name of an error as AWS or its SDK gives it: "ResourceNotFoundException". */
export function awsErrorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}

/** undefined instead of AWS's "there is none". */
export async function absentAs<T>(names: readonly string[], request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (names.includes(awsErrorName(error) ?? "")) return undefined;
    throw error;
  }
}

/** Whether AWS refused to make something because it is there. Lambda and API Gateway use the same names for other conflicts. */
export function saysItExists(error: unknown): boolean {
  const name = awsErrorName(error) ?? "";
  return /AlreadyExistsException$/.test(name) || (/ConflictException$/.test(name) && /exist/.test(String(error)));
}

const unreachable = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ETIMEDOUT"]);

/** An error of the SDK as one that a user can act on; any other as it is. `during` says what was being done. */
export function explained(error: unknown, during: string): unknown {
  if (error instanceof TepalError || !(error instanceof Error)) return error;
  if (error.name === "CredentialsProviderError" || /Region is missing/.test(error.message)) {
    return new DeployError("aws-not-configured", `${during}: ${error.message}`, { cause: error });
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (unreachable.has(code) || error.name === "TimeoutError") {
    return new DeployError("aws-unreachable", `${during}: ${error.message || code}`, { cause: error });
  }
  if ("$metadata" in error)
    return new DeployError("aws-refused", `${during}: ${error.name}: ${error.message}`, { cause: error });
  return error;
}

/** Runs `work`; what AWS refuses in it becomes an error that a user can act on. */
export async function explaining<T>(during: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error, during);
  }
}
