// Events and responses of Lambda's HTTP integrations: format 1.0 (REST APIs, HTTP APIs) and 2.0 (HTTP APIs, function
// URLs).

export { requestTime, restApiEvent } from "./event-1.js";
export { type HttpApiCall, httpApiEvent } from "./event-2.js";
export { decode, type EventRequest, eventRequest, mediaType, sentQuery } from "./event-request.js";
export { headerOf, lastValues, type MultiValues } from "./multi-values.js";
export { type FunctionResponse, MalformedResponse, readResponse1, readResponse2 } from "./response.js";
