import type { ApiGatewayOperations } from "../../state.js";
import { createDeployment } from "./create-deployment.js";
import { deleteDeployment, getDeployment, getDeployments, updateDeployment } from "./get-update-delete-deployments.js";

export const deploymentOperations = {
  CreateDeployment: createDeployment,
  GetDeployment: getDeployment,
  GetDeployments: getDeployments,
  UpdateDeployment: updateDeployment,
  DeleteDeployment: deleteDeployment,
} satisfies ApiGatewayOperations;
