// Limits of REST APIs, from "Quotas for configuring and running a REST API in API Gateway" where nothing else is said.

/** The payload of a request or response. */
export const payloadBytesMax = 10 * 1024 * 1024;
/** The shortest integration timeout that can be set. */
export const integrationTimeoutMsMin = 50;
/** The default integration timeout, which is also the longest without a raised quota. */
export const integrationTimeoutMsMax = 29_000;
/** Resources of one API. Its root resource is not counted. */
export const resourcesMax = 300;
/** An OpenAPI document to import. */
export const documentBytesMax = 6 * 1024 * 1024;
/** The schema of one model (API reference of CreateModel). */
export const modelBytesMax = 400 * 1024;
/** The URL of a request to a Regional API, so that a longer resource path could not be requested. */
export const urlCharactersMax = 10_240;
