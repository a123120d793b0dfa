import { badRequest } from "../../errors.js";
import type { ApiGatewayOperation } from "../../state.js";
import { requireModel } from "./model.js";

export const getModel: ApiGatewayOperation<"GetModel"> = ({ restApiId, modelName, flatten }, state, call) => {
  if (flatten) throw badRequest("Models cannot be flattened by this endpoint");
  return requireModel(state, call, restApiId, modelName).model;
};
