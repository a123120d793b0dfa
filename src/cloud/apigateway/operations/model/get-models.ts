import { page } from "../../pagination.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";

export const getModels: ApiGatewayOperation<"GetModels"> = (input, state, call) => {
  const { models } = requireApi(state, call, input.restApiId).definition;
  const sorted = Object.values(models).sort((one, other) => ((one.name ?? "") < (other.name ?? "") ? -1 : 1));
  return page(sorted, (model) => model.id ?? "", input);
};
