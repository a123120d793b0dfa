import { page } from "../../page.js";
import { type ApiGatewayOperation, getApi } from "../../state.js";

export const getModels: ApiGatewayOperation<"GetModels"> = (input, state, call) => {
  const { models } = getApi(state, call, input.restApiId).definition;
  const sorted = Object.values(models).sort((one, other) => ((one.name ?? "") < (other.name ?? "") ? -1 : 1));
  return page(sorted, (model) => model.id ?? "", input);
};
