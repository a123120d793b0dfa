import type { Call } from "../../../protocol/operation.js";
import { badRequest, notFound } from "../../errors.js";
import { checkJsonDepth } from "../../json-depth.js";
import { modelBytesMax } from "../../limits.js";
import { type ApiGatewayState, entryOf, findApi } from "../../state.js";

/** @throws AwsError NotFoundException, which names the model also when the API does not exist, as AWS does */
export function requireModel(state: ApiGatewayState, call: Call, restApiId: string, name: string) {
  const api = findApi(state, call, restApiId);
  const model = entryOf(api?.definition.models, name);
  if (!api || !model) throw notFound(`Invalid model name specified: ${name}`);
  return { api, model };
}

/** @throws AwsError BadRequestException */
export function checkSchema(schema: string | undefined): string {
  if (!schema || schema === "null") {
    throw badRequest("Model schema must have at least 1 property or array items defined");
  }
  const bytes = Buffer.byteLength(schema);
  if (bytes > modelBytesMax) throw badRequest(`Model schema is ${bytes} bytes, at most ${modelBytesMax} are allowed`);
  return checkJsonDepth(schema, "Model schema");
}
