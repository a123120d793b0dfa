import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { AccountRegion } from "../../service-interfaces.js";
import { describePackage } from "../code/package.js";
import type { Progress, Update, VersionDocument } from "./documents.js";
import { functionArn, latest } from "./function-name.js";

/**
 * A version as a FunctionConfiguration. `qualifier` ends its ARN; by default the version's number, and nothing for
 * $LATEST.
 */
export function describeFunction(
  version: VersionDocument,
  accountRegion: AccountRegion,
  qualifier?: string,
): FunctionConfiguration {
  const { name, settings, code, state, update } = version;
  const { EphemeralStorageMb, Variables, ImageConfig, SnapStartOn, LayerArns, LoggingConfig, ...own } = settings;
  const shown = qualifier ?? (version.version === latest ? undefined : version.version);
  return {
    FunctionName: name,
    FunctionArn: functionArn({ ...accountRegion, name, qualifier: shown }),
    ...own,
    ...describePackage(code),
    LastModified: new Date(version.lastModifiedMs).toISOString().replace("Z", "+0000"),
    Version: version.version,
    Environment: Variables && { Variables: { ...Variables } },
    RevisionId: version.revisionId,
    ...describeState(state),
    ...describeUpdate(state, update),
    ImageConfigResponse: ImageConfig && { ImageConfig },
    EphemeralStorage: { Size: EphemeralStorageMb },
    SnapStart: { ApplyOn: SnapStartOn ?? "None", OptimizationStatus: "Off" },
    Layers: LayerArns?.map((Arn) => ({ Arn, CodeSize: 0 })),
    LoggingConfig: { LogFormat: "Text", LogGroup: logGroupOf(version), ...LoggingConfig },
  };
}

export function logGroupOf({ name, settings }: Pick<VersionDocument, "name" | "settings">): string {
  return settings.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
}

function describeState({ status, reason, reasonCode }: Progress): FunctionConfiguration {
  return { State: status, StateReason: reason, StateReasonCode: reasonCode };
}

function describeUpdate({ status }: Progress, update: Update | undefined): FunctionConfiguration {
  if (update === undefined) return status === "Active" ? { LastUpdateStatus: "Successful" } : {};
  return {
    LastUpdateStatus: update.status,
    LastUpdateStatusReason: update.reason,
    LastUpdateStatusReasonCode: update.reasonCode,
  };
}
