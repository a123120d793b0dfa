import { withAwsErrors } from "./aws-errors.js";
import { DeployError } from "./errors.js";
import { lambdaFunction } from "./resources/function.js";
import { logGroup } from "./resources/log-group.js";
import { repository } from "./resources/repository.js";
import type { Context, DeletableResource, ResourceKind } from "./resources/resource.js";
import { restApi } from "./resources/rest-api.js";
import { role } from "./resources/role.js";

/** The log after the function that writes to it, and the role after the function that runs with it. */
const deletable: readonly DeletableResource[] = [restApi, lambdaFunction, logGroup, role, repository];

/** A resource of the deployment that `destroy` deletes. */
interface Removable {
  readonly kind: ResourceKind;
  readonly name: string;
  remove(): Promise<void>;
}

/**
 * Every resource with the deployment's tag, in the order in which it can be deleted.
 * @throws DeployError "deployment-unknown" if no resource has the tag
 */
export async function findRemovable(context: Context): Promise<readonly Removable[]> {
  const removable: Removable[] = [];
  for (const { kind, provider } of deletable) {
    const found = await withAwsErrors(`Reading the ${kind} of ${context.names.deployment}`, () =>
      undefinedUnlessOwned(() => provider.read(context)),
    );
    if (found) removable.push({ kind, name: found.id, remove: () => provider.delete(context, found) });
  }
  if (removable.length === 0) throw unknownDeployment(context);
  return removable;
}

/** A resource of the same name that does not belong to the deployment is not deleted. */
async function undefinedUnlessOwned<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DeployError && error.code === "resource-not-owned") return undefined;
    throw error;
  }
}

/** Deletes what was found, in order. After a failure, finding and deleting again does what is left. */
export async function destroy(found: readonly Removable[], onRemoved: (one: Removable) => void): Promise<void> {
  for (const one of found) {
    await withAwsErrors(`Deleting the ${one.kind} ${one.name}`, () => one.remove());
    onRemoved(one);
  }
}

export function unknownDeployment({ aws, names }: Context): DeployError {
  const { account, region } = aws.place;
  return new DeployError("deployment-unknown", `Deployment ${names.deployment} not found in ${account}, ${region}`);
}
