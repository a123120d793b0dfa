// The forms of a function's name: `name`, `account:function:name`, `function:name`, an ARN, each with or without
// `:qualifier`.

import { AwsError } from "../../protocol/aws-error.js";
import type { AccountRegion } from "../../service-interfaces.js";

export const latest = "$LATEST";

export interface FunctionId extends AccountRegion {
  readonly name: string;
}

/** A function, or a version or alias of it. */
export interface FunctionReference extends FunctionId {
  /** "$LATEST", a version's number, an alias, or undefined: the function itself. */
  readonly qualifier: string | undefined;
}

/** As in AWS's ValidationException. */
const awsPattern =
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";
const pattern =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-[a-z]+)+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_]{1,64})(?::(\$LATEST|[a-zA-Z0-9-_]{1,128}))?$/;

/**
 * Parses the function name of a request, with the separate qualifier that some operations have.
 * @throws AwsError ValidationException, InvalidParameterValueException when both qualifiers differ
 */
export function parseFunctionName(
  text: string | undefined,
  accountRegion: AccountRegion,
  qualifier?: string,
): FunctionReference {
  const found = pattern.exec(text ?? "");
  if (!found) {
    throw new AwsError<"lambda">(
      "ValidationException",
      400,
      `1 validation error detected: Value '${text ?? ""}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${awsPattern}`,
    );
  }
  const [, region = accountRegion.region, account = accountRegion.account, name, ownQualifier] = found;
  if (qualifier !== undefined && ownQualifier !== undefined && qualifier !== ownQualifier) {
    throw new AwsError<"lambda">(
      "InvalidParameterValueException",
      400,
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  if (region !== accountRegion.region) {
    throw new AwsError<"lambda">(
      "ResourceNotFoundException",
      404,
      `Functions from '${region}' are not reachable in this region ('${accountRegion.region}')`,
    );
  }
  return { account, region, name: name!, qualifier: qualifier ?? ownQualifier };
}

export function functionArn({ account, region, name, qualifier }: FunctionReference): string {
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
