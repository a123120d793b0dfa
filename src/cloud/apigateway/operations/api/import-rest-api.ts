// ImportRestApi and PutRestApi: an API from an OpenAPI document.

import { isDeepStrictEqual } from "node:util";
import type { ApiDefinition } from "../../documents.js";
import { conflict, enumViolation, rejectViolations } from "../../errors.js";
import { type ApiGatewayOperation, apiIdLength, requireApi, saveApi } from "../../state.js";
import { addApi } from "./create-rest-api.js";
import { importDocument, requestedEndpoint } from "./import-document.js";
import { checkEndpoint, newDefinition, toRestApi, toTaggedRestApi } from "./rest-api.js";

export const importRestApi: ApiGatewayOperation<"ImportRestApi"> = async (input, state, call) => {
  const id = state.newId(apiIdLength);
  const endpointConfiguration = checkEndpoint(requestedEndpoint(input), "importRestApiInput");
  // An imported API has no models but those of its document.
  const base = { ...newDefinition(state), models: {} };
  const { warnings, ...parts } = await importDocument(state, input, { apiId: id, base, idsByPath: new Map() });
  const api = addApi(state, call, { ...parts, id, createdMs: state.clock.nowMs(), endpointConfiguration });
  return { ...toRestApi(api), warnings };
};

/** Resources that exist before and after keep their ids. */
export const putRestApi: ApiGatewayOperation<"PutRestApi"> = async (input, state, call) => {
  rejectViolations(enumViolation("putRestApiInput.mode", input.mode, ["overwrite", "merge"]));
  const api = requireApi(state, call, input.restApiId);
  const endpoint = requestedEndpoint(input);
  const imported = await importDocument(state, input, {
    apiId: api.id,
    base: input.mode === "overwrite" ? emptied(api.definition, newDefinition(state)) : api.definition,
    idsByPath: new Map(Object.values(api.definition.resources).map(({ path, id }) => [path, id])),
  });
  // Other requests were served during the import.
  if (!isDeepStrictEqual(requireApi(state, call, input.restApiId), api)) {
    throw conflict("Unable to complete operation due to concurrent modification. Please try again later.");
  }
  const { warnings, policy = api.policy, description = api.description, ...parts } = imported;
  const changed = saveApi(state, call, {
    ...api,
    ...parts,
    policy,
    description,
    endpointConfiguration: endpoint ? checkEndpoint(endpoint, "putRestApiInput") : api.endpointConfiguration,
  });
  return { ...toTaggedRestApi(changed), warnings };
};

/** A new definition without models that keeps the id of the root resource. */
function emptied({ rootResourceId }: ApiDefinition, fresh: ApiDefinition): ApiDefinition {
  const root = { id: rootResourceId, path: "/", methods: {} };
  return { ...fresh, models: {}, rootResourceId, resources: { [rootResourceId]: root } };
}
