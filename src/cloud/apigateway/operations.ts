// Every operation of API Gateway that is built, by its AWS name.

import type { Operations } from "../protocol/operation.js";
import { createDeployment } from "./control/create-deployment.js";
import { createModel } from "./control/create-model.js";
import { createRequestValidator } from "./control/create-request-validator.js";
import { createResource } from "./control/create-resource.js";
import { createRestApi } from "./control/create-rest-api.js";
import { createStage } from "./control/create-stage.js";
import { deleteDeployment } from "./control/delete-deployment.js";
import { deleteGatewayResponse } from "./control/delete-gateway-response.js";
import { deleteIntegration } from "./control/delete-integration.js";
import { deleteIntegrationResponse } from "./control/delete-integration-response.js";
import { deleteMethod } from "./control/delete-method.js";
import { deleteMethodResponse } from "./control/delete-method-response.js";
import { deleteModel } from "./control/delete-model.js";
import { deleteRequestValidator } from "./control/delete-request-validator.js";
import { deleteResource } from "./control/delete-resource.js";
import { deleteRestApi } from "./control/delete-rest-api.js";
import { deleteStage } from "./control/delete-stage.js";
import { getAccount } from "./control/get-account.js";
import { getDeployment } from "./control/get-deployment.js";
import { getDeployments } from "./control/get-deployments.js";
import { getExport } from "./control/get-export.js";
import { getGatewayResponse } from "./control/get-gateway-response.js";
import { getGatewayResponses } from "./control/get-gateway-responses.js";
import { getIntegrationOperation } from "./control/get-integration.js";
import { getIntegrationResponseOperation } from "./control/get-integration-response.js";
import { getMethodOperation } from "./control/get-method.js";
import { getMethodResponseOperation } from "./control/get-method-response.js";
import { getModel } from "./control/get-model.js";
import { getModels } from "./control/get-models.js";
import { getRequestValidator } from "./control/get-request-validator.js";
import { getRequestValidators } from "./control/get-request-validators.js";
import { getResourceOperation } from "./control/get-resource.js";
import { getResources } from "./control/get-resources.js";
import { getRestApi } from "./control/get-rest-api.js";
import { getRestApis } from "./control/get-rest-apis.js";
import { getStage } from "./control/get-stage.js";
import { getStages } from "./control/get-stages.js";
import { getTags } from "./control/get-tags.js";
import { importRestApi } from "./control/import-rest-api.js";
import { putGatewayResponse } from "./control/put-gateway-response.js";
import { putIntegration } from "./control/put-integration.js";
import { putIntegrationResponse } from "./control/put-integration-response.js";
import { putMethod } from "./control/put-method.js";
import { putMethodResponse } from "./control/put-method-response.js";
import { putRestApi } from "./control/put-rest-api.js";
import { tagResource } from "./control/tag-resource.js";
import { testInvokeMethod } from "./control/test-invoke-method.js";
import { untagResource } from "./control/untag-resource.js";
import { updateAccount } from "./control/update-account.js";
import { updateDeployment } from "./control/update-deployment.js";
import { updateGatewayResponse } from "./control/update-gateway-response.js";
import { updateIntegration } from "./control/update-integration.js";
import { updateIntegrationResponse } from "./control/update-integration-response.js";
import { updateMethod } from "./control/update-method.js";
import { updateMethodResponse } from "./control/update-method-response.js";
import { updateModel } from "./control/update-model.js";
import { updateRequestValidator } from "./control/update-request-validator.js";
import { updateResource } from "./control/update-resource.js";
import { updateRestApi } from "./control/update-rest-api.js";
import { updateStage } from "./control/update-stage.js";
import type { ApiGatewayState } from "./state.js";

export const operations: Operations<"apigateway", ApiGatewayState> = {
  CreateRestApi: createRestApi,
  GetRestApi: getRestApi,
  GetRestApis: getRestApis,
  UpdateRestApi: updateRestApi,
  DeleteRestApi: deleteRestApi,
  CreateResource: createResource,
  GetResource: getResourceOperation,
  GetResources: getResources,
  UpdateResource: updateResource,
  DeleteResource: deleteResource,
  PutMethod: putMethod,
  GetMethod: getMethodOperation,
  UpdateMethod: updateMethod,
  DeleteMethod: deleteMethod,
  PutMethodResponse: putMethodResponse,
  GetMethodResponse: getMethodResponseOperation,
  UpdateMethodResponse: updateMethodResponse,
  DeleteMethodResponse: deleteMethodResponse,
  PutIntegration: putIntegration,
  GetIntegration: getIntegrationOperation,
  UpdateIntegration: updateIntegration,
  DeleteIntegration: deleteIntegration,
  PutIntegrationResponse: putIntegrationResponse,
  GetIntegrationResponse: getIntegrationResponseOperation,
  UpdateIntegrationResponse: updateIntegrationResponse,
  DeleteIntegrationResponse: deleteIntegrationResponse,
  CreateModel: createModel,
  GetModel: getModel,
  GetModels: getModels,
  UpdateModel: updateModel,
  DeleteModel: deleteModel,
  CreateRequestValidator: createRequestValidator,
  GetRequestValidator: getRequestValidator,
  GetRequestValidators: getRequestValidators,
  UpdateRequestValidator: updateRequestValidator,
  DeleteRequestValidator: deleteRequestValidator,
  PutGatewayResponse: putGatewayResponse,
  GetGatewayResponse: getGatewayResponse,
  GetGatewayResponses: getGatewayResponses,
  UpdateGatewayResponse: updateGatewayResponse,
  DeleteGatewayResponse: deleteGatewayResponse,
  CreateDeployment: createDeployment,
  GetDeployment: getDeployment,
  GetDeployments: getDeployments,
  UpdateDeployment: updateDeployment,
  DeleteDeployment: deleteDeployment,
  CreateStage: createStage,
  GetStage: getStage,
  GetStages: getStages,
  UpdateStage: updateStage,
  DeleteStage: deleteStage,
  ImportRestApi: importRestApi,
  PutRestApi: putRestApi,
  GetExport: getExport,
  TestInvokeMethod: testInvokeMethod,
  TagResource: tagResource,
  UntagResource: untagResource,
  GetTags: getTags,
  GetAccount: getAccount,
  UpdateAccount: updateAccount,
};
