// The public interface of contract: what callers of a deployed model see, derived from the model's signature.

export { openApiDocument } from "./openapi.js";
export { describeModel, exampleRequest } from "./overview.js";
export { requestSchema, type Schema } from "./request-schema.js";
