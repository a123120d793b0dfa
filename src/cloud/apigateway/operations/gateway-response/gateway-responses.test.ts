import { testRejections } from "../../../../../test/support/apigateway.js";

testRejections([
  [
    "the deletion of a response that is not customized",
    ({ send }, { restApiId }) => send("DeleteGatewayResponse", { restApiId, responseType: "THROTTLED" }),
    "NotFoundException",
    "Gateway response type not defined on api",
  ],
]);
