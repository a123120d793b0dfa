import { page } from "../../pagination.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";

export const getRequestValidators: ApiGatewayOperation<"GetRequestValidators"> = (input, state, call) =>
  page(
    Object.values(requireApi(state, call, input.restApiId).definition.validators),
    (validator) => validator.id ?? "",
    input,
  );
