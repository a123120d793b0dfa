import { conflict } from "../../errors.js";
import { type ApiGatewayOperation, entryOf, partIdLength, requireApi, saveApi } from "../../state.js";
import { checkModelName, checkSchema, withModels } from "./model.js";

export const createModel: ApiGatewayOperation<"CreateModel"> = (input, state, call) => {
  const name = checkModelName(input.name);
  const schema = checkSchema(input.schema);
  const api = requireApi(state, call, input.restApiId);
  const { models } = api.definition;
  if (entryOf(models, name)) throw conflict("Model name already exists for this REST API");
  const model = {
    id: state.newId(partIdLength),
    name,
    description: input.description,
    contentType: input.contentType,
    schema,
  };
  saveApi(state, call, withModels(api, { ...models, [name]: model }));
  return model;
};
