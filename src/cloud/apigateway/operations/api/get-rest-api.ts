import { type ApiGatewayOperation, getApi } from "../../state.js";
import { restApiOf } from "./rest-api.js";

export const getRestApi: ApiGatewayOperation<"GetRestApi"> = ({ restApiId }, state, call) =>
  restApiOf(getApi(state, call, restApiId));
