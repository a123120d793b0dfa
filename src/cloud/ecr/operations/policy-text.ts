import { invalidParameter } from "../errors.js";

/** Checks that a policy is a JSON object of a limited size. @throws AwsError InvalidParameterException */
export function policyTextOf(text: string | undefined, parameter: string, bytesMax: number): string {
  const bytes = Buffer.byteLength(text ?? "");
  if (text === undefined || bytes > bytesMax)
    throw invalidParameter(parameter, `at most ${bytesMax} bytes, found ${bytes}`);
  if (!isJsonObject(text)) throw invalidParameter(parameter, "Invalid JSON syntax");
  return text;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
