import type { DeploymentDocument } from "../../documents.js";
import { applyPatch, listingMessages, type PatchRow } from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { deploymentOf, requireDeployment } from "./deployment.js";

const rows: readonly PatchRow<DeploymentDocument>[] = [
  { path: "/description", replace: (deployment, description) => ({ ...deployment, description }) },
];

export const updateDeployment: ApiGatewayOperation<"UpdateDeployment"> = (input, state, call) => {
  const found = requireDeployment(state, call, input.restApiId, input.deploymentId);
  const deployment = applyPatch(found, input.patchOperations, rows, listingMessages, "updateDeploymentInput");
  state.deployments.put([call.account, call.region, input.restApiId, deployment.id], deployment);
  return deploymentOf(deployment, false);
};
