import { effectiveGatewayResponse, gatewayResponseTypes, isGatewayResponseType } from "../../gateway-response-types.js";
import { page } from "../../pagination.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";

const types = Object.keys(gatewayResponseTypes).sort().filter(isGatewayResponseType);

export const getGatewayResponses: ApiGatewayOperation<"GetGatewayResponses"> = (input, state, call) => {
  const { gatewayResponses } = requireApi(state, call, input.restApiId).definition;
  const { items, position } = page(types, (type) => type, input);
  return { items: items.map((type) => effectiveGatewayResponse(gatewayResponses, type)), position };
};
