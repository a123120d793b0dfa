import type { ApiDocument } from "../../documents.js";
import { badRequest, notFound } from "../../errors.js";
import { applyPatch, type PatchRow, parseBoolean, plainMessages, stringRow } from "../../patch.js";
import { type ApiGatewayOperation, requireApi, saveApi, withDefinition } from "../../state.js";
import { checkCompressionSize, checkEndpoint, checkName, toTaggedRestApi } from "./rest-api.js";

function withMediaTypes(api: ApiDocument, change: (types: readonly string[]) => readonly string[]): ApiDocument {
  const types = change(api.definition.binaryMediaTypes ?? []);
  return withDefinition(api, { binaryMediaTypes: types.length > 0 ? types : undefined });
}

const inputName = "updateRestApiInput";

const rows: readonly PatchRow<ApiDocument>[] = [
  { path: "/name", replace: (api, name) => ({ ...api, name: checkName(name) }) },
  {
    path: "/description",
    replace: (api, description) => ({ ...api, description }),
    remove: (api) => ({ ...api, description: undefined }),
  },
  stringRow("version"),
  {
    path: "/policy",
    replace: (api, policy) => ({ ...api, policy: policy || undefined }),
    remove: (api) => ({ ...api, policy: undefined }),
  },
  {
    path: "/apiKeySource",
    replace: (api, value) => {
      if (value !== "HEADER" && value !== "AUTHORIZER") throw badRequest("Invalid API key source specified");
      return withDefinition(api, { apiKeySource: value });
    },
  },
  {
    path: "/disableExecuteApiEndpoint",
    replace: (api, value) => withDefinition(api, { disableExecuteApiEndpoint: parseBoolean(value) }),
  },
  {
    path: "/minimumCompressionSize",
    replace: (api, value) =>
      withDefinition(api, {
        minimumCompressionSize: value === "" || value === "null" ? undefined : checkCompressionSize(Number(value)),
      }),
  },
  {
    path: "/binaryMediaTypes/{type}",
    add: (api, _value, [type = ""]) => withMediaTypes(api, (types) => [...types.filter((one) => one !== type), type]),
    replace: (api, value, [type]) =>
      withMediaTypes(api, (types) => {
        if (!types.some((one) => one === type)) throw notFound("Invalid binary media type specified");
        return [...types.filter((one) => one !== type && one !== value), value];
      }),
    remove: (api, _value, [type]) => withMediaTypes(api, (types) => types.filter((one) => one !== type)),
  },
  {
    path: "/endpointConfiguration/types/{type}",
    replace: (api, value) => {
      if (value !== "REGIONAL" && value !== "EDGE" && value !== "PRIVATE") {
        throw badRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
      }
      return { ...api, endpointConfiguration: checkEndpoint({ types: [value] }, inputName) };
    },
  },
  {
    path: "/endpointConfiguration/ipAddressType",
    replace: (api, value) => {
      if (value !== "ipv4" && value !== "dualstack")
        throw badRequest("ipAddressType must be either ipv4 or dualstack.");
      return {
        ...api,
        endpointConfiguration: checkEndpoint({ ...api.endpointConfiguration, ipAddressType: value }, inputName),
      };
    },
  },
];

export const updateRestApi: ApiGatewayOperation<"UpdateRestApi"> = ({ restApiId, patchOperations }, state, call) => {
  const api = applyPatch(requireApi(state, call, restApiId), patchOperations, rows, plainMessages, inputName);
  return toTaggedRestApi(saveApi(state, call, api));
};
