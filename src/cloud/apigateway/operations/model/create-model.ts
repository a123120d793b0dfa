import { badRequest, conflict } from "../../errors.js";
import { type ApiGatewayOperation, entryOf, partIdLength, requireApi, saveApi, withDefinition } from "../../state.js";
import { checkSchema } from "./model.js";

export const createModel: ApiGatewayOperation<"CreateModel"> = (input, state, call) => {
  const name = checkModelName(input.name);
  const schema = checkSchema(input.schema);
  const api = requireApi(state, call, input.restApiId);
  const { models } = api.definition;
  if (entryOf(models, name)) throw conflict("Model name already exists for this REST API");
  const { description, contentType } = input;
  const model = { id: state.newId(partIdLength), name, description, contentType, schema };
  saveApi(state, call, withDefinition(api, { models: { ...models, [name]: model } }));
  return model;
};

const namePattern = /^[a-zA-Z0-9]+$/;

/** @throws AwsError BadRequestException */
function checkModelName(name: string | undefined): string {
  if (!name) throw badRequest("Model name must be non-empty");
  if (!namePattern.test(name)) throw badRequest("Model name must be alphanumeric");
  return name;
}
