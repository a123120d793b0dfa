import { badRequest } from "../../refusals.js";
import type { ApiGatewayOperation } from "../../state.js";
import { getModelOf } from "./model.js";

export const getModel: ApiGatewayOperation<"GetModel"> = ({ restApiId, modelName, flatten }, state, call) => {
  if (flatten) throw badRequest("Models cannot be flattened by this endpoint");
  return getModelOf(state, call, restApiId, modelName).model;
};
