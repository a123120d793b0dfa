import type { TepalError } from "../base/index.js";
import { explaining } from "./aws-errors.js";
import { DeployError } from "./errors.js";
import { removableFunction } from "./resources/function.js";
import { removableLogGroup } from "./resources/log-group.js";
import { removableRepository } from "./resources/repository.js";
import type { Context, Removable } from "./resources/resource.js";
import { removableRestApis } from "./resources/rest-api.js";
import { removableRole } from "./resources/role.js";

/**
 * Everything that carries the deployment's tag, in the order in which it can be removed: the log after the function that writes
 * it, the role after the function that runs as it.
 * @throws DeployError "deployment-unknown" when there is nothing.
 */
export async function findRemovable(context: Context): Promise<readonly Removable[]> {
  const { deployment } = context.names;
  const found = await explaining(`Looking for the deployment ${deployment}`, async () => [
    ...(await removableRestApis(context)),
    ...(await removableFunction(context)),
    ...(await removableLogGroup(context)),
    ...(await removableRole(context)),
    ...(await removableRepository(context)),
  ]);
  if (found.length === 0) throw unknownDeployment(context);
  return found;
}

/** Removes what was found, in order. After a failure, finding and removing again does what is left. */
export async function destroy(found: readonly Removable[], onRemoved: (one: Removable) => void): Promise<void> {
  for (const one of found) {
    await explaining(`Removing the ${one.kind} ${one.name}`, () => one.remove());
    onRemoved(one);
  }
}

export function unknownDeployment({ aws, names }: Context): TepalError {
  const { account, region } = aws.place;
  return new DeployError("deployment-unknown", `There is no deployment ${names.deployment} in ${account}, ${region}`);
}
