import { type ApiGatewayOperation, requireApi } from "../../state.js";

export const deleteRestApi: ApiGatewayOperation<"DeleteRestApi"> = ({ restApiId }, state, call) => {
  const { id } = requireApi(state, call, restApiId);
  const key = [call.account, call.region, id];
  state.store.write(() => {
    for (const part of state.stages.list(key)) state.stages.remove(part.key);
    for (const part of state.deployments.list(key)) state.deployments.remove(part.key);
    state.places.remove([id]);
    state.apis.remove(key);
  });
  state.stagesChanged(id);
  return {};
};
