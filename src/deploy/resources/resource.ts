// One kind of resource of a deployment: how it is read, how it differs from what is wanted, how it is changed and removed.

import { TepalError } from "../../base/index.js";
import type { Aws } from "../aws.js";
import { saysItExists } from "../aws-errors.js";
import { DeployError } from "../errors.js";
import { belongsTo, deploymentTag, type Names } from "../names.js";
import type { Wanted } from "../wanted.js";

export type ResourceKind =
  | "repository"
  | "image"
  | "role"
  | "log group"
  | "function"
  | "alias"
  | "REST API"
  | "API deployment"
  | "permission"
  | "stage";

/** Where a deployment is, and what its resources are called. */
export interface Context {
  readonly aws: Aws;
  readonly names: Names;
}

/** What one resource finds out or makes that later ones need. */
export interface Facts {
  readonly repositoryUri?: string;
  readonly restApiId?: string;
  /** The id of the API's deployment (snapshot) that the stage should serve. */
  readonly apiDeploymentId?: string;
}

/** Why something must be done; undefined: it is as wanted. */
export interface Difference {
  readonly action: "create" | "update";
  /** In words for people: "memory 512 MB becomes 128 MB". */
  readonly why: readonly string[];
}

export interface Outcome {
  readonly facts?: Facts;
  /** What came out of it, in words for people. */
  readonly detail?: string;
}

/** Something that a deployment made and `destroy` can remove. What hangs on it (versions, stages, images) goes with it. */
export interface Removable {
  readonly kind: ResourceKind;
  readonly name: string;
  remove(): Promise<void>;
}

export interface ResourceDefinition<Seen> {
  readonly kind: ResourceKind;
  /** What people call this one. */
  name(wanted: Wanted): string;
  /** What is there; undefined: nothing. @throws DeployError "resource-not-ours" */
  read(context: Context, wanted: Wanted, facts: Facts): Promise<Seen | undefined>;
  /** What later resources need of it. */
  factsOf?(seen: Seen): Facts;
  /** What is worth telling of it when nothing has to change. */
  detailOf?(seen: Seen): string;
  difference(seen: Seen | undefined, wanted: Wanted, facts: Facts): Difference | undefined;
  /** Makes it as wanted. Doing it twice does no harm: it may have been cut off in the middle. */
  change(context: Context, seen: Seen | undefined, wanted: Wanted, facts: Facts): Promise<Outcome>;
}

/** A difference that was found, with the way to remove it. */
export interface Step {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly difference: Difference | undefined;
  /** Facts known without any change. */
  readonly facts: Facts;
  /** What is worth telling without any change. */
  readonly detail: string;
  apply(facts: Facts): Promise<Outcome>;
}

/** A resource definition with what it has seen closed in: plans hold resources of every kind. */
export interface Resource {
  plan(context: Context, wanted: Wanted, facts: Facts): Promise<Step>;
}

export function resource<Seen>(definition: ResourceDefinition<Seen>): Resource {
  return {
    async plan(context, wanted, facts) {
      const seen = await definition.read(context, wanted, facts);
      return {
        kind: definition.kind,
        name: definition.name(wanted),
        difference: definition.difference(seen, wanted, facts),
        detail: (seen !== undefined && definition.detailOf?.(seen)) || "",
        facts: (seen !== undefined && definition.factsOf?.(seen)) || {},
        apply: (factsThen) => change(definition, seen, context, wanted, factsThen),
      };
    },
  };
}

/** Changes it; where another run of `deploy` made the same thing since it was looked for, looks again and does what is left. */
async function change<Seen>(
  definition: ResourceDefinition<Seen>,
  seen: Seen | undefined,
  context: Context,
  wanted: Wanted,
  facts: Facts,
): Promise<Outcome> {
  try {
    return await definition.change(context, seen, wanted, facts);
  } catch (error) {
    if (!saysItExists(error)) throw error;
    const found = await definition.read(context, wanted, facts);
    if (found === undefined || definition.difference(found, wanted, facts)) {
      return definition.change(context, found, wanted, facts);
    }
    return { facts: definition.factsOf?.(found) ?? {}, detail: definition.detailOf?.(found) ?? "" };
  }
}

/** undefined for a resource of somebody else: `destroy` leaves it alone. */
export async function oursOnly<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TepalError && error.code === "resource-not-ours") return undefined;
    throw error;
  }
}

/** The difference of what is not there at all. */
export const absent: Difference = { action: "create", why: ["there is none"] };

/** @throws DeployError "resource-not-ours" unless the tags say that the resource is the deployment's. */
export function checkOurs(
  what: string,
  tags: Readonly<Record<string, string | undefined>> | undefined,
  deployment: string,
): void {
  if (belongsTo(tags, deployment)) return;
  throw new DeployError(
    "resource-not-ours",
    `The ${what} exists already and does not carry the tag ${deploymentTag}=${deployment}`,
  );
}

/** The id or name that AWS always answers and its SDK calls optional. */
export function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new DeployError("aws-refused", `AWS answered without ${what}`);
  return value;
}
