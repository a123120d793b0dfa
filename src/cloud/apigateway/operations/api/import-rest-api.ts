import { type ApiGatewayOperation, apiIdLength } from "../../state.js";
import { addApi } from "./create-rest-api.js";
import { importApi, requestedEndpoint } from "./imported-api.js";
import { checkEndpoint, newDefinition, restApiOf } from "./rest-api.js";

export const importRestApi: ApiGatewayOperation<"ImportRestApi"> = (input, state, call) => {
  const id = state.newId(apiIdLength);
  const endpointConfiguration = checkEndpoint(requestedEndpoint(input), "importRestApiInput");
  const imported = importApi(state, input, { apiId: id, base: newDefinition(state), idsByPath: new Map() });
  const { warnings, ...parts } = imported;
  const api = addApi(state, call, { ...parts, id, createdMs: state.clock.nowMs(), endpointConfiguration });
  return { ...restApiOf(api), warnings };
};
