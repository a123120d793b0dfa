// A MOCK integration: the request template's output gives the status of the response.

import { configurationError } from "../rest/failure.js";
import type { EndpointRequest, EndpointResponse } from "./endpoint.js";

/** AWS accepts more than JSON here: `{statusCode: 200}` too. */
const statusMember = /["']?statusCode["']?\s*:\s*["']?(\d{3})["']?/;

/** @throws GatewayFailure API_CONFIGURATION_ERROR without a status */
export function callMock({ body }: EndpointRequest): EndpointResponse {
  const statusCode = statusMember.exec(typeof body === "string" ? body : "")?.[1];
  if (statusCode === undefined) throw configurationError("Unable to parse statusCode. It should be an integer.");
  return { status: Number(statusCode), headers: {}, body: new Uint8Array(0), selector: statusCode };
}
