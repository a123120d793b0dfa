// Limits of REST APIs ("Amazon API Gateway quotas and important notes").

/** A payload, in and out. */
export const payloadBytesMax = 10 * 1024 * 1024;
/** Below 50 ms nothing can answer. */
export const integrationTimeoutMsMin = 50;
/** What an integration has without a setting of its own, and the most without a raised quota. */
export const integrationTimeoutMsMax = 29_000;
