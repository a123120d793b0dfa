import { FunctionError } from "./errors.js";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws FunctionError "input-not-json" with the position of the syntax error */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 quotes the document after the comma; the position before it is what the client needs.
    const reason = (error as SyntaxError).message.replace(/, (?:"|\.\.\.)[\s\S]*/, "").replace(/ in JSON/, "");
    throw new FunctionError("input-not-json", `${what} is not valid JSON: ${reason}`);
  }
}

/** @throws FunctionError "input-not-an-object" */
export function objectOf(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value;
  const found = value === null || value === undefined ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
  throw new FunctionError("input-not-an-object", `${what} must be a JSON object with "values", found ${found}`);
}
