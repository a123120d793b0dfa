import { page } from "../../pagination.js";
import type { ApiGatewayOperation } from "../../state.js";
import { restApiOf } from "./rest-api.js";

export const getRestApis: ApiGatewayOperation<"GetRestApis"> = (input, state, { account, region }) => {
  const apis = state.apis
    .list([account, region])
    .map(({ document }) => document)
    .sort((one, other) => one.createdMs - other.createdMs);
  const { items, position } = page(apis, (api) => api.id, input);
  return { items: items.map(restApiOf), position };
};
