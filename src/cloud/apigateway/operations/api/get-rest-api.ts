import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { restApiOf } from "./rest-api.js";

export const getRestApi: ApiGatewayOperation<"GetRestApi"> = ({ restApiId }, state, call) =>
  restApiOf(requireApi(state, call, restApiId));
