import type { Clock } from "../../base/index.js";
import type { Collection } from "../store/store.js";

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A role as it is stored, under [account, name]. */
export interface Role {
  readonly name: string;
  /** `/` or `/service-role/` */
  readonly path: string;
  /** `AROA...` */
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  readonly description: string | undefined;
  readonly sessionSecondsMax: number;
  readonly permissionsBoundary: string | undefined;
  /** The document as it was sent. */
  readonly trustPolicy: string;
  readonly tags: readonly Tag[];
  /** ARNs of managed policies, in the order of attachment. */
  readonly attached: readonly string[];
  /** Inline policies: documents by name. */
  readonly inline: Readonly<Record<string, string>>;
}

/** A customer managed policy as it is stored, under [account, ARN]. */
export interface Policy {
  readonly name: string;
  readonly path: string;
  /** `ANPA...` */
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  readonly updated: Date;
  readonly description: string | undefined;
  readonly tags: readonly Tag[];
  /** Oldest first. */
  readonly versions: readonly PolicyVersion[];
  /** The number of the default version. */
  readonly defaultVersion: number;
}

export interface PolicyVersion {
  readonly number: number;
  readonly created: Date;
  readonly document: string;
}

/** The state that IAM's operations work on. IAM has no regions. */
export interface IamState {
  readonly roles: Collection<Role>;
  readonly policies: Collection<Policy>;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
}
