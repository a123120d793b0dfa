import type { ApiGatewayOperations } from "../../state.js";
import { createRestApi } from "./create-rest-api.js";
import { deleteRestApi, getRestApi, getRestApis } from "./get-and-delete-rest-apis.js";
import { getExport } from "./get-export.js";
import { importRestApi, putRestApi } from "./import-rest-api.js";
import { updateRestApi } from "./update-rest-api.js";

export const apiOperations = {
  CreateRestApi: createRestApi,
  ImportRestApi: importRestApi,
  PutRestApi: putRestApi,
  GetRestApi: getRestApi,
  GetRestApis: getRestApis,
  GetExport: getExport,
  UpdateRestApi: updateRestApi,
  DeleteRestApi: deleteRestApi,
} satisfies ApiGatewayOperations;
