import type { DeploymentDocument } from "../../documents.js";
import { badRequest } from "../../errors.js";
import { page } from "../../pagination.js";
import { applyPatch, listingMessages, type PatchRow, stringRow } from "../../patch.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { requireDeployment, toDeployment } from "./deployment.js";

export const getDeployment: ApiGatewayOperation<"GetDeployment"> = (input, state, call) =>
  toDeployment(
    requireDeployment(state, call, input.restApiId, input.deploymentId),
    input.embed?.includes("apisummary") ?? false,
  );

export const getDeployments: ApiGatewayOperation<"GetDeployments"> = (input, state, call) => {
  const { id } = requireApi(state, call, input.restApiId);
  const deployments = state.deployments.list([call.account, call.region, id]).map(({ document }) => document);
  const { items, position } = page(deployments, newestFirst, input);
  return { items: items.map((deployment) => toDeployment(deployment, false)), position };
};

/** A key by which the newest deployment comes first. */
function newestFirst({ createdMs, id }: DeploymentDocument): string {
  return `${String(Number.MAX_SAFE_INTEGER - createdMs).padStart(16, "0")} ${id}`;
}

const rows: readonly PatchRow<DeploymentDocument>[] = [stringRow("description")];

export const updateDeployment: ApiGatewayOperation<"UpdateDeployment"> = (input, state, call) => {
  const found = requireDeployment(state, call, input.restApiId, input.deploymentId);
  const deployment = applyPatch(found, input.patchOperations, rows, listingMessages, "updateDeploymentInput");
  state.deployments.put([call.account, call.region, input.restApiId, deployment.id], deployment);
  return toDeployment(deployment, false);
};

export const deleteDeployment: ApiGatewayOperation<"DeleteDeployment"> = (input, state, call) => {
  const { id } = requireDeployment(state, call, input.restApiId, input.deploymentId);
  const key = [call.account, call.region, input.restApiId];
  if (state.stages.list(key).some(({ document }) => document.deploymentId === id)) {
    throw badRequest("Active stages pointing to this deployment must be moved or deleted");
  }
  state.deployments.remove([...key, id]);
  return {};
};
