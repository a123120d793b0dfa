// The documents of functions in the store. Members of AWS's structures have AWS's names.

import type { FunctionConfiguration, ImageConfig } from "@aws-sdk/client-lambda";
import type { Collection } from "../../store/store.js";

/** The part of a function that PublishVersion freezes and UpdateFunctionConfiguration changes. */
export interface Settings
  extends Required<Pick<FunctionConfiguration, "Role" | "Description" | "Timeout" | "MemorySize">>,
    Pick<
      FunctionConfiguration,
      | "Runtime"
      | "Handler"
      | "KMSKeyArn"
      | "DeadLetterConfig"
      | "FileSystemConfigs"
      | "LoggingConfig"
      | "TracingConfig"
      | "VpcConfig"
    > {
  readonly EphemeralStorageMb: number;
  readonly Variables?: Readonly<Record<string, string>>;
  readonly ImageConfig?: ImageConfig;
  readonly SnapStartOn?: "PublishedVersions" | "None";
  readonly LayerArns?: readonly string[];
}

export type Code = ImageCode | ZipCode;

export interface ImageCode {
  readonly kind: "image";
  /** As the caller wrote it. */
  readonly imageUri: string;
  readonly resolvedImageUri: string;
  readonly sha256: string;
  /**
   * The image's config document and its layers' digests: a function keeps running after its image is deleted from the
   * repository.
   */
  readonly config: Uint8Array;
  readonly layers: readonly string[];
  readonly architecture: "x86_64" | "arm64";
}

interface ZipCode {
  readonly kind: "zip";
  /** Of the zip file in the blob store. */
  readonly digest: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly architecture: "x86_64" | "arm64";
}

export interface Progress {
  readonly status: "Pending" | "Active" | "Failed";
  readonly reason?: string;
  readonly reasonCode?: "Creating" | "InvalidImage";
}

export interface Update {
  readonly status: "InProgress" | "Successful" | "Failed";
  readonly reason?: string;
  readonly reasonCode?: "InvalidImage";
  /** Restored when the update fails. */
  readonly before?: { readonly settings: Settings; readonly code: Code };
}

/** One version of a function; "$LATEST" is the one that changes. */
export interface VersionDocument {
  readonly name: string;
  /** "$LATEST" or a number. */
  readonly version: string;
  readonly settings: Settings;
  readonly code: Code;
  readonly state: Progress;
  /** Absent until the function is first Active. */
  readonly update?: Update;
  /** Of a published version: the description of $LATEST at that time. The version's own can differ. */
  readonly latestDescription?: string;
  readonly lastModifiedMs: number;
  readonly revisionId: string;
}

/** The properties of a function that all its versions have in common. */
export interface FunctionDocument {
  readonly name: string;
  /** The number of the last published version; numbers are never reused. */
  readonly lastVersion: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Undefined: no reserved concurrency. */
  readonly reservedConcurrency?: number;
}

export interface AliasDocument {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Weights of other versions, between 0 and 1. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

interface PolicyDocument {
  readonly revisionId: string;
  readonly statements: readonly Statement[];
}

/** A statement as GetPolicy shows it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: "*" | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An asynchronous invocation that was accepted and has not completed. */
export interface EventDocument {
  readonly requestId: string;
  /** The qualifier of the request; "" without one. */
  readonly qualifier: string;
  readonly payload: Uint8Array;
  readonly clientContext?: string;
  readonly acceptedMs: number;
  /** Failed attempts so far. */
  readonly failures: number;
}

/** A version whose last start failed: no environment is started ahead for it, also after a restart of the cloud. */
interface FailedStartDocument {
  /** Of the version at that time: a changed one may start. */
  readonly revisionId: string;
}

/** Keys begin with [account, region, function name]. */
export interface Collections {
  readonly functions: Collection<FunctionDocument>;
  /** ... and the version. */
  readonly versions: Collection<VersionDocument>;
  /** ... and the alias. */
  readonly aliases: Collection<AliasDocument>;
  /** ... and the qualifier, "" for none. */
  readonly policies: Collection<PolicyDocument>;
  /** ... and the request id. */
  readonly events: Collection<EventDocument>;
  /** ... and the version. */
  readonly failedStarts: Collection<FailedStartDocument>;
}
