// Every operation of API Gateway that is built, by its AWS name.

import type { Operations } from "../protocol/operation.js";
import { getAccount } from "./operations/account/get-account.js";
import { updateAccount } from "./operations/account/update-account.js";
import { createRestApi } from "./operations/api/create-rest-api.js";
import { deleteRestApi } from "./operations/api/delete-rest-api.js";
import { getExport } from "./operations/api/get-export.js";
import { getRestApi } from "./operations/api/get-rest-api.js";
import { getRestApis } from "./operations/api/get-rest-apis.js";
import { importRestApi } from "./operations/api/import-rest-api.js";
import { putRestApi } from "./operations/api/put-rest-api.js";
import { updateRestApi } from "./operations/api/update-rest-api.js";
import { createDeployment } from "./operations/deployment/create-deployment.js";
import { deleteDeployment } from "./operations/deployment/delete-deployment.js";
import { getDeployment } from "./operations/deployment/get-deployment.js";
import { getDeployments } from "./operations/deployment/get-deployments.js";
import { updateDeployment } from "./operations/deployment/update-deployment.js";
import { deleteGatewayResponse } from "./operations/gateway-response/delete-gateway-response.js";
import { getGatewayResponse } from "./operations/gateway-response/get-gateway-response.js";
import { getGatewayResponses } from "./operations/gateway-response/get-gateway-responses.js";
import { putGatewayResponse } from "./operations/gateway-response/put-gateway-response.js";
import { updateGatewayResponse } from "./operations/gateway-response/update-gateway-response.js";
import { deleteIntegration } from "./operations/integration/delete-integration.js";
import { getIntegration } from "./operations/integration/get-integration.js";
import { putIntegration } from "./operations/integration/put-integration.js";
import { updateIntegration } from "./operations/integration/update-integration.js";
import { deleteIntegrationResponse } from "./operations/integration-response/delete-integration-response.js";
import { getIntegrationResponse } from "./operations/integration-response/get-integration-response.js";
import { putIntegrationResponse } from "./operations/integration-response/put-integration-response.js";
import { updateIntegrationResponse } from "./operations/integration-response/update-integration-response.js";
import { deleteMethod } from "./operations/method/delete-method.js";
import { getMethod } from "./operations/method/get-method.js";
import { putMethod } from "./operations/method/put-method.js";
import { testInvokeMethod } from "./operations/method/test-invoke-method.js";
import { updateMethod } from "./operations/method/update-method.js";
import { deleteMethodResponse } from "./operations/method-response/delete-method-response.js";
import { getMethodResponse } from "./operations/method-response/get-method-response.js";
import { putMethodResponse } from "./operations/method-response/put-method-response.js";
import { updateMethodResponse } from "./operations/method-response/update-method-response.js";
import { createModel } from "./operations/model/create-model.js";
import { deleteModel } from "./operations/model/delete-model.js";
import { getModel } from "./operations/model/get-model.js";
import { getModels } from "./operations/model/get-models.js";
import { updateModel } from "./operations/model/update-model.js";
import { createRequestValidator } from "./operations/request-validator/create-request-validator.js";
import { deleteRequestValidator } from "./operations/request-validator/delete-request-validator.js";
import { getRequestValidator } from "./operations/request-validator/get-request-validator.js";
import { getRequestValidators } from "./operations/request-validator/get-request-validators.js";
import { updateRequestValidator } from "./operations/request-validator/update-request-validator.js";
import { createResource } from "./operations/resource/create-resource.js";
import { deleteResource } from "./operations/resource/delete-resource.js";
import { getResource } from "./operations/resource/get-resource.js";
import { getResources } from "./operations/resource/get-resources.js";
import { updateResource } from "./operations/resource/update-resource.js";
import { createStage } from "./operations/stage/create-stage.js";
import { deleteStage } from "./operations/stage/delete-stage.js";
import { getStage } from "./operations/stage/get-stage.js";
import { getStages } from "./operations/stage/get-stages.js";
import { updateStage } from "./operations/stage/update-stage.js";
import { getTags } from "./operations/tags/get-tags.js";
import { tagResource } from "./operations/tags/tag-resource.js";
import { untagResource } from "./operations/tags/untag-resource.js";
import type { ApiGatewayState } from "./state.js";

export const operations: Operations<"apigateway", ApiGatewayState> = {
  CreateRestApi: createRestApi,
  GetRestApi: getRestApi,
  GetRestApis: getRestApis,
  UpdateRestApi: updateRestApi,
  DeleteRestApi: deleteRestApi,
  CreateResource: createResource,
  GetResource: getResource,
  GetResources: getResources,
  UpdateResource: updateResource,
  DeleteResource: deleteResource,
  PutMethod: putMethod,
  GetMethod: getMethod,
  UpdateMethod: updateMethod,
  DeleteMethod: deleteMethod,
  PutMethodResponse: putMethodResponse,
  GetMethodResponse: getMethodResponse,
  UpdateMethodResponse: updateMethodResponse,
  DeleteMethodResponse: deleteMethodResponse,
  PutIntegration: putIntegration,
  GetIntegration: getIntegration,
  UpdateIntegration: updateIntegration,
  DeleteIntegration: deleteIntegration,
  PutIntegrationResponse: putIntegrationResponse,
  GetIntegrationResponse: getIntegrationResponse,
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
