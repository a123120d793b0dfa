// A function's settings, from what CreateFunction and UpdateFunctionConfiguration are given.

import type { Input } from "../../protocol/operation.js";
import { reservedVariables } from "../environment/environment-variables.js";
import type { Settings } from "./documents.js";
import { constraintViolated, invalidParameter } from "./errors.js";
import { checkDescription, checkRange, checkVariables, ranges } from "./limits.js";

/** What the two operations have in common. */
type Wanted = Omit<Input<"lambda", "UpdateFunctionConfiguration">, "FunctionName" | "RevisionId">;

const defaults: Settings = {
  Role: "",
  Description: "",
  Timeout: 3,
  MemorySize: 128,
  EphemeralStorageMb: 512,
  TracingConfig: { Mode: "PassThrough" },
};

const rolePattern = /^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;

/** @throws AwsError ValidationException, InvalidParameterValueException */
export function newSettings(wanted: Wanted): Settings {
  return changedSettings(defaults, wanted);
}

/** What is not mentioned stays as it is. @throws AwsError ValidationException, InvalidParameterValueException */
export function changedSettings(before: Settings, wanted: Wanted): Settings {
  const { Environment, EphemeralStorage, ImageConfig, SnapStart, Layers, LoggingConfig } = wanted;
  return {
    ...before,
    Role: wanted.Role === undefined ? before.Role : checkRole(wanted.Role),
    Description: checkDescription(wanted.Description ?? before.Description ?? ""),
    Timeout: checkRange(ranges.Timeout, wanted.Timeout ?? before.Timeout ?? 0),
    MemorySize: checkRange(ranges.MemorySize, wanted.MemorySize ?? before.MemorySize ?? 0),
    EphemeralStorageMb: checkRange(ranges.EphemeralStorage, EphemeralStorage?.Size ?? before.EphemeralStorageMb),
    ...given({
      Runtime: wanted.Runtime,
      Handler: wanted.Handler,
      KMSKeyArn: wanted.KMSKeyArn,
      DeadLetterConfig: wanted.DeadLetterConfig,
      FileSystemConfigs: wanted.FileSystemConfigs,
      TracingConfig: wanted.TracingConfig,
      VpcConfig: wanted.VpcConfig && { SubnetIds: [], SecurityGroupIds: [], ...wanted.VpcConfig },
      LoggingConfig: LoggingConfig && { ...before.LoggingConfig, ...LoggingConfig },
      Variables: Environment && checkVariables(Environment.Variables ?? {}, reservedVariables),
      ImageConfig,
      SnapStartOn: SnapStart?.ApplyOn,
      LayerArns: Layers,
    }),
  };
}

/** @throws AwsError InvalidParameterValueException when members do not belong to the package type */
export function checkPackage(kind: "image" | "zip", { Runtime, Handler, Layers, ImageConfig }: Wanted): void {
  if (kind === "image" && (Runtime !== undefined || Handler !== undefined || (Layers ?? []).length > 0)) {
    throw invalidParameter(
      "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
    );
  }
  if (kind === "zip" && ImageConfig !== undefined) {
    throw invalidParameter("Please don't provide ImageConfig when the intended function PackageType is Zip.");
  }
}

function checkRole(arn: string): string {
  if (rolePattern.test(arn)) return arn;
  throw constraintViolated(
    "role",
    arn,
    "Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
  );
}

/** The members that have a value. */
function given<T extends object>(members: T): Partial<T> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}
