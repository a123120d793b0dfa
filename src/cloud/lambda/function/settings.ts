// A function's settings, from the input of CreateFunction and UpdateFunctionConfiguration.

import type { Input } from "../../protocol/operation.js";
import { reservedVariables } from "../environment/environment-variables.js";
import type { Settings } from "./documents.js";
import { constraintViolated } from "./errors.js";
import { checkDescription, checkRange, checkVariables, ranges } from "./limits.js";

/** What the two operations have in common. */
type SettingsInput = Omit<Input<"lambda", "UpdateFunctionConfiguration">, "FunctionName" | "RevisionId">;

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
export function newSettings(input: SettingsInput): Settings {
  return changedSettings(defaults, input);
}

/**
 * Members that the input leaves out keep their values.
 * @throws AwsError ValidationException, InvalidParameterValueException
 */
export function changedSettings(before: Settings, input: SettingsInput): Settings {
  const { Environment, EphemeralStorage, ImageConfig, SnapStart, Layers, LoggingConfig } = input;
  return {
    ...before,
    Role: input.Role === undefined ? before.Role : checkRole(input.Role),
    Description: checkDescription(input.Description ?? before.Description ?? ""),
    Timeout: checkRange(ranges.Timeout, input.Timeout ?? before.Timeout ?? 0),
    MemorySize: checkRange(ranges.MemorySize, input.MemorySize ?? before.MemorySize ?? 0),
    EphemeralStorageMb: checkRange(ranges.EphemeralStorage, EphemeralStorage?.Size ?? before.EphemeralStorageMb),
    ...defined({
      Runtime: input.Runtime,
      Handler: input.Handler,
      KMSKeyArn: input.KMSKeyArn,
      DeadLetterConfig: input.DeadLetterConfig,
      FileSystemConfigs: input.FileSystemConfigs,
      TracingConfig: input.TracingConfig,
      VpcConfig: input.VpcConfig && { SubnetIds: [], SecurityGroupIds: [], ...input.VpcConfig },
      LoggingConfig: LoggingConfig && { ...before.LoggingConfig, ...LoggingConfig },
      Variables: Environment && checkVariables(Environment.Variables ?? {}, reservedVariables),
      ImageConfig,
      SnapStartOn: SnapStart?.ApplyOn,
      LayerArns: Layers,
    }),
  };
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
function defined<T extends object>(members: T): Partial<T> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}
