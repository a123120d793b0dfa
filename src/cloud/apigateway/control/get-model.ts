import type { ApiGatewayOperation } from "../state.js";
import { getModelOf } from "./model.js";

export const getModel: ApiGatewayOperation<"GetModel"> = ({ restApiId, modelName }, state, call) =>
  getModelOf(state, call, restApiId, modelName).model;
