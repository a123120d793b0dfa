// One kind of resource of a deployment: its attributes as data, and a provider that reads, creates, updates and deletes
// it.

import type { Aws } from "../aws.js";
import { isAlreadyExists } from "../aws-errors.js";
import type { DesiredState, Pushed } from "../desired-state.js";
import { DeployError } from "../errors.js";
import { belongsTo, deploymentTag, type Names } from "../names.js";
import { type AttributeTable, type Change, type Compared, compare, required } from "./attributes.js";

export type ResourceKind =
  | "repository"
  | "image"
  | "role"
  | "log group"
  | "function"
  | "version"
  | "REST API"
  | "API deployment"
  | "alias"
  | "permission"
  | "stage";

/** Where a deployment is, and the names of its resources. */
export interface Context {
  readonly aws: Aws;
  readonly names: Names;
}

/** What later resources need of earlier ones. */
export interface Outputs {
  readonly repositoryUri?: string;
  /** The published version of the function that the alias should call. */
  readonly version?: string;
  readonly restApiId?: string;
  /** The API deployment (snapshot) that the stage should serve. */
  readonly apiDeploymentId?: string;
  /** Whether the API rejects some callers: then the check through its URL may be one of them. */
  readonly isProtected?: boolean;
}

/** A resource as AWS returns it. */
export interface Found<Attributes> {
  readonly attributes: Partial<Attributes>;
  /** What destroy calls it. */
  readonly id: string;
  readonly outputs?: Outputs;
  /** Shown where the resource does not change: "version 3". */
  readonly detail?: string;
  /** Why the resource must be updated even if every attribute is as desired: "its last update failed: ...". */
  readonly problem?: string;
}

export interface Outcome {
  readonly outputs?: Outputs;
  /** What was created or changed: "version 3". */
  readonly detail?: string;
  readonly pushed?: Pushed;
  /** The changes that were made, with the values that the plan did not know. */
  readonly changes?: readonly Change[];
  /** Returns the resource to what it was. Only of resources that callers notice: alias and stage. */
  readonly undo?: () => Promise<void>;
}

interface Provider<Attributes, F extends Found<Attributes> = Found<Attributes>> {
  /** undefined: it does not exist. @throws DeployError "resource-not-owned" */
  read(context: Context, state: DesiredState, outputs: Outputs): Promise<F | undefined>;
  /** Must be repeatable: an earlier attempt may have been interrupted. */
  create(context: Context, desired: Attributes, state: DesiredState, outputs: Outputs, found?: F): Promise<Outcome>;
  /** Left out where AWS has no update: then `create` makes another one, which replaces `found`. */
  update?(context: Context, desired: Attributes, found: F, state: DesiredState, outputs: Outputs): Promise<Outcome>;
}

export interface ResourceDefinition<Attributes extends object, F extends Found<Attributes> = Found<Attributes>> {
  readonly kind: ResourceKind;
  name(state: DesiredState): string;
  readonly attributes: AttributeTable<Attributes>;
  readonly provider: Provider<Attributes, F>;
}

/** A resource that `destroy` deletes; what belongs to it (versions, stages, images) goes with it. */
export interface DeletableResource<F extends { readonly id: string } = { readonly id: string }> {
  readonly kind: ResourceKind;
  readonly provider: {
    read(context: Context): Promise<F | undefined>;
    delete(context: Context, found: F): Promise<void>;
  };
}

export interface Difference {
  readonly action: "create" | "update";
  readonly changes: readonly Change[];
  readonly problem?: string;
}

/** What a deployment does with one resource. */
export interface Step {
  readonly kind: ResourceKind;
  readonly name: string;
  /** undefined: the resource is as desired. */
  readonly difference: Difference | undefined;
  /** Settings of the account's owner that stay as they are: "authorization AWS_IAM". */
  readonly kept: readonly string[];
  /** Known without any change. */
  readonly outputs: Outputs;
  /** Shown without any change. */
  readonly detail: string;
  apply(outputs: Outputs): Promise<Outcome>;
}

/** A resource definition without its type parameters: plans contain resources of every kind. */
export interface Resource {
  readonly kind: ResourceKind;
  plan(context: Context, state: DesiredState, outputs: Outputs): Promise<Step>;
}

export function resource<Attributes extends object, F extends Found<Attributes>>(
  definition: ResourceDefinition<Attributes, F>,
): Resource {
  const { kind, name, attributes, provider } = definition;
  return {
    kind,
    async plan(context, state, outputs) {
      const found = await provider.read(context, state, outputs);
      const { changes, kept } = compare(attributes, found?.attributes, state, outputs);
      return {
        kind,
        name: name(state),
        difference: differenceOf(definition, found, changes),
        kept,
        detail: found?.detail ?? "",
        outputs: found?.outputs ?? {},
        apply: (outputsThen) => apply(definition, found, context, state, outputsThen),
      };
    },
  };
}

function differenceOf<Attributes extends object, F extends Found<Attributes>>(
  { provider }: ResourceDefinition<Attributes, F>,
  found: F | undefined,
  changes: readonly Change[],
): Difference | undefined {
  if (!found) return { action: "create", changes };
  if (changes.length === 0 && found.problem === undefined) return undefined;
  const problem = found.problem === undefined ? {} : { problem: found.problem };
  return { action: provider.update ? "update" : "create", changes, ...problem };
}

/**
 * Creates or updates the resource. If another run of `deploy` has created it since it was read, reads it again and
 * updates that.
 */
async function apply<Attributes extends object, F extends Found<Attributes>>(
  definition: ResourceDefinition<Attributes, F>,
  found: F | undefined,
  context: Context,
  state: DesiredState,
  outputs: Outputs,
): Promise<Outcome> {
  const { provider, attributes, kind } = definition;
  const change = async (before: F | undefined, { changes, result }: Compared<Attributes>): Promise<Outcome> => {
    const desired = required(result, `id that the ${kind} needs`);
    const outcome =
      before && provider.update
        ? await provider.update(context, desired, before, state, outputs)
        : await provider.create(context, desired, state, outputs, before);
    return { changes, ...outcome };
  };
  try {
    return await change(found, compare(attributes, found?.attributes, state, outputs));
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const other = await provider.read(context, state, outputs);
    const compared = compare(attributes, other?.attributes, state, outputs);
    if (!other || differenceOf(definition, other, compared.changes)) return change(other, compared);
    return { outputs: other.outputs ?? {}, detail: other.detail ?? "" };
  }
}

/** @throws DeployError "resource-not-owned" unless the tags say that the resource is the deployment's. */
export function checkOwned(
  what: string,
  tags: Readonly<Record<string, string | undefined>> | undefined,
  deployment: string,
): void {
  if (belongsTo(tags, deployment)) return;
  throw new DeployError(
    "resource-not-owned",
    `The ${what} already exists and does not have the tag ${deploymentTag}=${deployment}`,
  );
}
