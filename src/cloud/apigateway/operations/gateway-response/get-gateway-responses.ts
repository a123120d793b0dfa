import { effectiveGatewayResponse, gatewayResponseTypes, isGatewayResponseType } from "../../gateway-response-types.js";
import { page } from "../../page.js";
import { type ApiGatewayOperation, getApi } from "../../state.js";

const types = Object.keys(gatewayResponseTypes).sort().filter(isGatewayResponseType);

export const getGatewayResponses: ApiGatewayOperation<"GetGatewayResponses"> = (input, state, call) => {
  const { gatewayResponses } = getApi(state, call, input.restApiId).definition;
  const { items, position } = page(types, (type) => type, input);
  return { items: items.map((type) => effectiveGatewayResponse(gatewayResponses, type)), position };
};
