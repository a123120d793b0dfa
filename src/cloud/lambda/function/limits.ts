// Lambda's limits on a function's configuration (Lambda API reference).

import { constraintViolated, invalidParameter } from "./errors.js";

interface Range {
  readonly member: string;
  readonly min: number;
  readonly max: number;
}

export const ranges = {
  MemorySize: { member: "memorySize", min: 128, max: 10240 },
  Timeout: { member: "timeout", min: 1, max: 900 },
  EphemeralStorage: { member: "ephemeralStorage.size", min: 512, max: 10240 },
} as const satisfies Record<string, Range>;

/** @throws AwsError ValidationException */
export function checkRange(range: Range, value: number): number {
  if (value < range.min)
    throw constraintViolated(range.member, value, `Member must have value greater than or equal to ${range.min}`);
  if (value > range.max)
    throw constraintViolated(range.member, value, `Member must have value less than or equal to ${range.max}`);
  return value;
}

const descriptionLengthMax = 256;

/** @throws AwsError ValidationException */
export function checkDescription(text: string): string {
  if (text.length > descriptionLengthMax) {
    throw constraintViolated(
      "description",
      text,
      `Member must have length less than or equal to ${descriptionLengthMax}`,
    );
  }
  return text;
}

const variablesBytesMax = 4096;

/** @throws AwsError InvalidParameterValueException, ValidationException */
export function checkVariables(
  variables: Readonly<Record<string, string>>,
  reserved: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const names = Object.keys(variables);
  const rejected = names.filter((name) => reserved.has(name));
  if (rejected.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${rejected.join(", ")}`,
    );
  }
  const bad = names.find((name) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name));
  if (bad !== undefined) {
    throw constraintViolated(
      "environment.variables",
      `{${bad}=...}`,
      "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > variablesBytesMax) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${measured}`,
    );
  }
  return variables;
}
