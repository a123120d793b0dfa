import { enumViolation, rejectViolations } from "../../errors.js";
import { type ApiGatewayOperation, requireApi, saveApi } from "../../state.js";
import { idsByPath, importApi, requestedEndpoint } from "./imported-api.js";
import { checkEndpoint, newDefinition, restApiOf } from "./rest-api.js";

export const putRestApi: ApiGatewayOperation<"PutRestApi"> = (input, state, call) => {
  rejectViolations(enumViolation("putRestApiInput.mode", input.mode, ["overwrite", "merge"]));
  const api = requireApi(state, call, input.restApiId);
  const { rootResourceId } = api.definition;
  const fresh = newDefinition(state);
  const base =
    input.mode === "overwrite"
      ? { ...fresh, rootResourceId, resources: { [rootResourceId]: { id: rootResourceId, path: "/", methods: {} } } }
      : api.definition;
  const endpoint = requestedEndpoint(input);
  const imported = importApi(state, input, { apiId: api.id, base, idsByPath: idsByPath(api) });
  const { warnings, policy = api.policy, description = api.description, ...parts } = imported;
  const changed = saveApi(state, call, {
    ...api,
    ...parts,
    policy,
    description,
    endpointConfiguration: endpoint ? checkEndpoint(endpoint, "putRestApiInput") : api.endpointConfiguration,
  });
  return { ...restApiOf(changed), warnings };
};
