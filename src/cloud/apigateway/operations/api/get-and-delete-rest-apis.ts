import type { ApiDocument } from "../../documents.js";
import { page } from "../../pagination.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { toRestApi, toTaggedRestApi } from "./rest-api.js";

export const getRestApi: ApiGatewayOperation<"GetRestApi"> = ({ restApiId }, state, call) =>
  toTaggedRestApi(requireApi(state, call, restApiId));

export const getRestApis: ApiGatewayOperation<"GetRestApis"> = (input, state, { account, region }) => {
  const apis = state.apis.list([account, region]).map(({ document }) => document);
  const { items, position } = page(apis, oldestFirst, input);
  return { items: items.map(toRestApi), position };
};

/** A key by which the oldest API comes first. */
function oldestFirst({ createdMs, id }: ApiDocument): string {
  return `${String(createdMs).padStart(16, "0")} ${id}`;
}

/** Deletes the API with its stages and deployments. */
export const deleteRestApi: ApiGatewayOperation<"DeleteRestApi"> = ({ restApiId }, state, call) => {
  const { id } = requireApi(state, call, restApiId);
  const key = [call.account, call.region, id];
  state.store.write(() => {
    for (const stageKey of state.stages.keys(key)) state.stages.remove(stageKey);
    for (const deploymentKey of state.deployments.keys(key)) state.deployments.remove(deploymentKey);
    state.places.remove([id]);
    state.apis.remove(key);
  });
  state.stagesChanged(id);
  return {};
};
