import { page } from "../../page.js";
import { type ApiGatewayOperation, getApi } from "../../state.js";

export const getRequestValidators: ApiGatewayOperation<"GetRequestValidators"> = (input, state, call) =>
  page(
    Object.values(getApi(state, call, input.restApiId).definition.validators),
    (validator) => validator.id ?? "",
    input,
  );
